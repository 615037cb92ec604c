/* Makes a program of a C solver: reads request.json and its arrays, calls the solver, writes the reply.
 *
 *     cc -O2 -I ../../../Sources/CSolverProtocol/include euler_maruyama.c main.c -lm -o euler_maruyama
 *     ./euler_maruyama {request} {reply}
 *
 * No key occurs twice in request.json, so finding a key is finding its text: no JSON library is needed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "euler_maruyama.h"

static const char *text, *folder;

static void fail(const char *what, const char *name)
{
    fprintf(stderr, "%s: %s\n", name, what);
    exit(1);
}

static char *path_of(const char *name)
{
    char *path = malloc(strlen(folder) + strlen(name) + 2);
    sprintf(path, "%s/%s", folder, name);
    return path;
}

static char *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END)) fail("cannot be read", path);
    *size = (size_t)ftell(file);
    char *bytes = malloc(*size + 1);
    rewind(file);
    if (!bytes || fread(bytes, 1, *size, file) != *size) fail("cannot be read", path);
    fclose(file);
    bytes[*size] = 0;
    return bytes;
}

/* Behind the colon after a key, or NULL. */
static const char *value(const char *key)
{
    char quoted[64];
    snprintf(quoted, sizeof quoted, "\"%s\"", key);
    const char *place = strstr(text, quoted);
    if (!place) return NULL;
    place += strlen(quoted);
    return place + strspn(place, " \n:");
}

static double number(const char *key)
{
    const char *place = value(key);
    if (!place) fail("the key is missing", key);
    return strtod(place, NULL);
}

static char *string(const char *key)
{
    const char *place = value(key);
    if (!place || *place != '"') return NULL;
    return strndup(place + 1, strcspn(place + 1, "\""));
}

/* The numbers of a list, or for a list of words their places in `words`, which end with NULL. */
static size_t list(const char *key, const char *const *words, double **numbers)
{
    const char *place = value(key);
    size_t count = 0, room = 16;
    if (!place || *place != '[') fail("is no list", key);
    *numbers = malloc(room * sizeof **numbers);
    for (place++; *(place += strspn(place, " \n,")) != ']'; count++) {
        if (count == room) *numbers = realloc(*numbers, (room *= 2) * sizeof **numbers);
        char *end;
        if (*place == '"') {
            size_t length = strcspn(place + 1, "\""), k = 0;
            while (words[k] && (strlen(words[k]) != length || strncmp(words[k], place + 1, length))) k++;
            (*numbers)[count] = (double)k;
            end = (char *)place + length + 2;
        } else {
            (*numbers)[count] = strtod(place, &end);
        }
        if (end == place || !*end) fail("is no list of numbers", key);
        place = end;
    }
    return count;
}

static size_t *sizes(const char *key, size_t *count)
{
    double *numbers;
    *count = list(key, NULL, &numbers);
    size_t *result = malloc((*count + 1) * sizeof *result);
    for (size_t k = 0; k < *count; k++) result[k] = (size_t)numbers[k];
    return result;
}

/* The numbers of the array a key names; NULL where there is none. */
static double *array(const char *key, size_t *count)
{
    char *name = string(key);
    size_t size;
    if (!name) return NULL;
    unsigned char *bytes = (unsigned char *)read_file(path_of(name), &size);
    size_t header = 10 + bytes[8] + 256u * bytes[9];
    *count = (size - header) / sizeof(double);
    double *numbers = malloc(*count * sizeof *numbers);
    memcpy(numbers, bytes + header, *count * sizeof *numbers);
    free(bytes);
    return numbers;
}

static void save(const char *name, const char *shape, const double *numbers, size_t count)
{
    char header[128];
    int used = snprintf(header, sizeof header, "{'descr': '<f8', 'fortran_order': False, 'shape': (%s), }", shape);
    FILE *file = fopen(path_of(name), "wb");
    if (!file) fail("cannot be written", name);
    fprintf(file, "\x93NUMPY\x01%c%c%c%s%*s\n", 0, 118, 0, header, 117 - used, "");
    if (fwrite(numbers, sizeof *numbers, count, file) != count || fclose(file)) fail("cannot be written", name);
}

typedef struct { double *rows; size_t count, room; } spike_list;

static void keep(void *spikes, size_t path, size_t neuron, double time)
{
    spike_list *list = spikes;
    if (list->count == list->room)
        list->rows = realloc(list->rows, (list->room = 2 * list->room + 64) * 3 * sizeof(double));
    double *row = list->rows + 3 * list->count++;
    row[0] = (double)path, row[1] = (double)neuron, row[2] = time;
}

int main(int count, char **arguments)
{
    static const char *const names[] = {"tau_m", "tau_s", "E_L", "V_th", "V_r", "mu", "sigma", "t_ref"};
    static const char *const modes[] = {"strong", "weak", "deterministic"};
    static const char *const jumps[] = {"current", "voltage", "drive", NULL};
    static const char *const stamps[] = {"step-start", "step-end", "interpolated"};
    size_t size, unused;
    if (count != 3) fail("needs the paths of request and reply", arguments[0]);
    text = read_file(arguments[1], &size);
    folder = strdup(arguments[1]);
    *strrchr((char *)folder, '/') = 0;

    spikeverify_request r = {.method = string("method"), .model = string("name"), .h = number("h"),
        .neurons = (size_t)number("neurons"), .paths = (size_t)number("paths"), .steps = (size_t)number("steps"),
        .first_path = (uint64_t)number("first_path"), .seed = (uint64_t)number("seed"),
        .parameters = 8, .parameter_names = names};
    char *mode = string("mode");
    while (strcmp(modes[r.mode], mode)) r.mode++;
    double *values = malloc(8 * r.neurons * sizeof *values), *numbers;
    for (size_t k = 0; k < 8; k++) {
        if (list(names[k], NULL, &numbers) != r.neurons) fail("has the wrong length", names[k]);
        memcpy(values + k * r.neurons, numbers, r.neurons * sizeof *values);
    }
    r.parameter_values = values;
    r.offsets = sizes("offsets", &unused);
    r.targets = sizes("targets", &unused);
    list("weights", NULL, &numbers), r.weights = numbers;
    list("delays", NULL, &numbers), r.delays = numbers;
    size_t synapses = list("jumps", jumps, &numbers);
    enum spikeverify_jump *kinds = malloc((synapses + 1) * sizeof *kinds);
    for (size_t k = 0; k < synapses; k++) kinds[k] = (enum spikeverify_jump)numbers[k];
    r.jumps = kinds;
    r.recorded_steps = sizes("recorded_steps", &r.records);
    r.initial = array("initial", &unused);
    r.dW = array("dW", &unused);
    r.dZ = array("dZ", &unused);
    r.arrival_values = array("arrivals", &r.arrivals);
    r.arrivals /= 5;

    spike_list spikes = {0};
    size_t states = 2 * r.paths * r.records * r.neurons;
    spikeverify_reply reply = {.states = malloc(states * sizeof(double)), .stamps = SPIKEVERIFY_STEP_END,
        .version = "1", .method = r.method, .precision = "float64", .spike = keep, .spikes = &spikes};
    int code = euler_maruyama(&r, &reply);
    if (code == SPIKEVERIFY_UNSUPPORTED) fprintf(stderr, "the case is not supported\n");
    if (code) return code;

    char shape[96];
    snprintf(shape, sizeof shape, "%zu, 3", spikes.count);
    save("spikes.npy", shape, spikes.rows, 3 * spikes.count);
    snprintf(shape, sizeof shape, "%zu, %zu, %zu, 2", r.paths, r.records, r.neurons);
    save("states.npy", shape, reply.states, states);
    FILE *file = fopen(arguments[2], "w");
    if (!file) fail("cannot be written", arguments[2]);
    fprintf(file, "{\"protocol\": 1, \"solver\": \"c\", \"version\": \"%s\", \"method\": \"%s\", \"precision\": \"%s\", "
        "\"stamps\": \"%s\"}\n", reply.version, reply.method, reply.precision, stamps[reply.stamps]);
    return fclose(file) ? 1 : 0;
}
