/* A solver in C that takes the test inside the program.
 *
 * Fill in one function of the type spikeverify_solve; it gets a batch of paths and hands back spikes and states.
 * The meaning of every field is that of request.json and reply.json, see the article "The solver protocol".
 * Arrays are dense, the last index runs fastest; times are in ms. */
#ifndef SPIKEVERIFY_SOLVER_H
#define SPIKEVERIFY_SOLVER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum spikeverify_mode { SPIKEVERIFY_STRONG, SPIKEVERIFY_WEAK, SPIKEVERIFY_DETERMINISTIC };
enum spikeverify_stamps { SPIKEVERIFY_STEP_START, SPIKEVERIFY_STEP_END, SPIKEVERIFY_INTERPOLATED };
enum spikeverify_jump { SPIKEVERIFY_CURRENT, SPIKEVERIFY_VOLTAGE, SPIKEVERIFY_DRIVE };

/* What the function returns for a case it does not support; 0 is success, anything else a failure. */
enum { SPIKEVERIFY_UNSUPPORTED = 77 };

typedef struct {
    enum spikeverify_mode mode;
    const char *method;                 /* the study's word for it, "" where it has none */
    const char *model;                  /* "current-lif" */
    size_t neurons, paths, steps;
    uint64_t first_path;                /* number of the batch's first path in the study */
    double h;
    size_t parameters;                  /* how many there are */
    const char *const *parameter_names; /* [parameters] "tau_m", … */
    const double *parameter_values;     /* [parameters][neurons] */
    const size_t *offsets;              /* [neurons + 1]: synapses of neuron k are offsets[k] … offsets[k+1]-1 */
    const size_t *targets;              /* [synapses] */
    const double *weights, *delays;     /* [synapses] */
    const enum spikeverify_jump *jumps; /* [synapses] */
    size_t arrivals;                    /* how many jumps come from outside the network */
    const double *arrival_values;       /* [arrivals][5]: path, neuron, time, height, spikeverify_jump */
    const double *initial;              /* [paths][neurons][2]: V, I */
    const double *dW;                   /* [paths][steps][neurons]; NULL unless the mode is strong */
    const double *dZ;                   /* likewise; NULL unless asked for */
    uint64_t seed;                      /* for the weak mode */
    size_t records;
    const size_t *recorded_steps;       /* [records]: after how many steps V and I are wanted, ascending */
} spikeverify_request;

typedef struct {
    double *states;                     /* [paths][records][neurons][2] to fill in: V, I; NaN at first */
    enum spikeverify_stamps stamps;     /* SPIKEVERIFY_STEP_END unless changed */
    const char *version, *method, *precision;
    /* Call for every spike, for each neuron in order of time. */
    void (*spike)(void *spikes, size_t path, size_t neuron, double time);
    void *spikes;                       /* first argument of spike() */
} spikeverify_reply;

typedef int (*spikeverify_solve)(const spikeverify_request *request, spikeverify_reply *reply);

#ifdef __cplusplus
}
#endif
#endif
