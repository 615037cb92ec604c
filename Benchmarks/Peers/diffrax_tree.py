"""diffrax's virtual Brownian tree: the same scan as in jax_kernel.py, with increments from the tree of each path, float64."""

import functools

import diffrax
import jax
import jax.numpy as jnp

from neuron import *

jax.config.update("jax_enable_x64", True)


@functools.partial(jax.jit, static_argnums=(0, 1))
def scan(paths, steps):
    # Leaves as wide as a step at most, so that no increment is interpolated.
    tree = functools.partial(diffrax.VirtualBrownianTree, 0.0, steps * STEP, tol=STEP / 2, shape=())

    def path(key):
        brownian = tree(key=key)

        def advance(state, k):
            v, i, spikes = state
            increment = brownian.evaluate(k * STEP, (k + 1) * STEP)
            v, i = LEAK * v + STEP * (i + DRIVE), DECAY * i + SIGMA * increment
            fires = v >= THRESHOLD
            return (jnp.where(fires, 0.0, v), i, spikes + fires), None

        start = (jnp.float64(0), jnp.float64(0), jnp.int64(0))
        return jax.lax.scan(advance, start, jnp.arange(steps))[0][2]

    return jax.vmap(path)(jax.random.split(jax.random.key(1), paths)).sum()


paths, steps = int(sys.argv[1]), int(sys.argv[2])
scan(paths, steps).block_until_ready()  # compiled before it is timed
began = time.process_time()
spikes = scan(paths, steps).block_until_ready()
print(time.process_time() - began, paths * steps, int(spikes))
