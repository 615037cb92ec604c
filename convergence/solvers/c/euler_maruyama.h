#ifndef EULER_MARUYAMA_H
#define EULER_MARUYAMA_H

#include "spikeverify_solver.h"

int euler_maruyama(const spikeverify_request *request, spikeverify_reply *reply);

#endif
