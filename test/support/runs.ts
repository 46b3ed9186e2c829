/**
 * How often a property that takes long is tried: a third of `all`, all with OCPI_WORKBENCH_TEST_ALL=1. Each run tries
 * others, and one that fails is told with its seed.
 */
export function runs(all: number): number {
  return process.env['OCPI_WORKBENCH_TEST_ALL'] === '1' ? all : Math.ceil(all / 3);
}
