#include "spikeverify_solver.h"
