"""JAX: lax.scan over the steps, float64, normals of each step from a folded-in key."""

import functools

import jax
import jax.numpy as jnp

from neuron import *

jax.config.update("jax_enable_x64", True)


@functools.partial(jax.jit, static_argnums=(0, 1))
def scan(paths, steps):
    key = jax.random.key(1)

    def advance(state, k):
        v, i, spikes = state
        v, i = LEAK * v + STEP * (i + DRIVE), DECAY * i + KICK * jax.random.normal(
            jax.random.fold_in(key, k), (paths,), dtype=jnp.float64)
        fires = v >= THRESHOLD
        return (jnp.where(fires, 0.0, v), i, spikes + fires.sum()), None

    start = (jnp.zeros(paths), jnp.zeros(paths), jnp.int64(0))
    return jax.lax.scan(advance, start, jnp.arange(steps))[0][2]


def simulate(paths, steps):
    if steps > 8:
        scan(paths, steps).block_until_ready()  # compiled before it is timed
        global began
        began = time.process_time()
    return scan(paths, steps).block_until_ready()


paths, steps = int(sys.argv[1]), int(sys.argv[2])
spikes = simulate(paths, steps)
print(time.process_time() - began, paths * steps, int(spikes))
