/* Euler-Maruyama in C: a template to copy.  It runs inside the program, or as a program of its own with main.c. */
#include "euler_maruyama.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double *parameter(const spikeverify_request *r, const char *name)
{
    for (size_t k = 0; k < r->parameters; k++)
        if (strcmp(r->parameter_names[k], name) == 0) return r->parameter_values + k * r->neurons;
    return NULL;
}

/* What is in the mail for one neuron by the end of one step. */
typedef struct { double V, I; } letter;

/* How many steps a spike takes: the arrival lies in the last of them. */
static size_t lag_of(double delay, double h) { return (size_t)ceil(fmax(0, delay / h - 1e-6)); }

int euler_maruyama(const spikeverify_request *r, spikeverify_reply *reply)
{
    const size_t n = r->neurons;
    const double h = r->h;
    const double *tau_m = parameter(r, "tau_m"), *tau_s = parameter(r, "tau_s"), *E_L = parameter(r, "E_L");
    const double *V_th = parameter(r, "V_th"), *V_r = parameter(r, "V_r"), *mu = parameter(r, "mu");
    const double *sigma = parameter(r, "sigma"), *t_ref = parameter(r, "t_ref");
    size_t ring = 1;

    if (strcmp(r->model, "current-lif") != 0 || r->arrivals > 0 || r->mode == SPIKEVERIFY_WEAK)
        return SPIKEVERIFY_UNSUPPORTED;
    for (size_t s = 0; s < r->offsets[n]; s++) {
        if (r->jumps[s] != SPIKEVERIFY_CURRENT) return SPIKEVERIFY_UNSUPPORTED;
        if (lag_of(r->delays[s], h) >= ring) ring = lag_of(r->delays[s], h) + 1;
    }
    double *V = malloc(n * sizeof *V), *I = malloc(n * sizeof *I), *held = malloc(n * sizeof *held);
    char *fired = malloc(n);
    letter *mail = malloc(ring * n * sizeof *mail);
    if (!V || !I || !held || !fired || !mail) return 1;

    for (size_t path = 0; path < r->paths; path++) {
        size_t record = 0;
        memset(mail, 0, ring * n * sizeof *mail);
        for (size_t i = 0; i < n; i++) {
            V[i] = r->initial[2 * (path * n + i)];
            I[i] = r->initial[2 * (path * n + i) + 1];
            held[i] = -INFINITY;
        }
        for (size_t k = 0; k < r->steps; k++) {
            letter *arrived = mail + k % ring * n;
            const double end = (double)(k + 1) * h;
            for (size_t i = 0; i < n; i++) {
                const double dW = r->dW ? r->dW[(path * r->steps + k) * n + i] : 0;
                const double start = V[i];
                V[i] += h * ((E_L[i] - V[i]) / tau_m[i] + mu[i] + I[i]) + arrived[i].V;
                I[i] += -h * I[i] / tau_s[i] + sigma[i] * dW + arrived[i].I;
                arrived[i] = (letter){0, 0};
                if (held[i] > end - h) /* only the part of the step after the refractory period counts */
                    V[i] = V_r[i] + fmax(0, end - held[i]) / h * (V[i] - start);
                fired[i] = V[i] >= V_th[i];
                if (!fired[i]) continue;
                V[i] = V_r[i];
                if (t_ref[i] > 0) held[i] = end + t_ref[i];
                reply->spike(reply->spikes, path, i, end);
            }
            for (size_t i = 0; i < n; i++) {
                for (size_t s = r->offsets[i]; fired[i] && s < r->offsets[i + 1]; s++) {
                    const size_t target = r->targets[s], lag = lag_of(r->delays[s], h);
                    const double rest = (double)lag * h - r->delays[s];
                    letter *later = &mail[(k + lag) % ring * n + target];
                    if (lag == 0) I[target] += r->weights[s];
                    else later->V += r->weights[s] * rest;
                    if (lag > 0) later->I += r->weights[s] * (1 - rest / tau_s[target]);
                }
            }
            if (record < r->records && r->recorded_steps[record] == k + 1) {
                double *out = reply->states + 2 * (path * r->records + record++) * n;
                for (size_t i = 0; i < n; i++) { out[2 * i] = V[i]; out[2 * i + 1] = I[i]; }
            }
        }
    }
    reply->version = "1";
    reply->method = "Euler-Maruyama";
    free(V), free(I), free(held), free(fired), free(mail);
    return 0;
}
