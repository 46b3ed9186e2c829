import type { ExchangeView } from '../../core/contract/exchange.ts';
import { Layer, type Problem } from '../../core/contract/explanation.ts';
import { isSuccess } from '../../core/ocpi/status-codes.ts';
import { weightOf } from './problem-weight.ts';

/**
 * `failed`: something went wrong there. `found`: it carries a warning or a note. `unreached`: what failed before it left
 * nothing to look at. `untold`: whether it was there at all is not recorded.
 */
export type LayerState = 'well' | 'failed' | 'found' | 'unreached' | 'untold';

export interface ShownLayer {
  readonly layer: Layer;
  readonly state: LayerState;
}

export type Judged = Pick<ExchangeView, 'direction' | 'url' | 'ended' | 'httpStatus' | 'ocpiStatus' | 'findings'>;

/** Every layer, from the outside in, with what became of the exchange there. */
export function layerStates(exchange: Judged, problems: readonly Problem[]): readonly ShownLayer[] {
  const layers = Layer.options;
  const deepest = layers.indexOf(deepestOf(exchange, problems));
  return layers.map((layer, at) => {
    const weights = problems.filter(problem => problem.layer === layer).map(problem => weightOf(problem, exchange));
    if (weights.length > 0) return { layer, state: weights.includes('error') ? 'failed' : 'found' };
    if (saysFailure(layer, exchange)) return { layer, state: 'failed' };
    if (at > deepest) return { layer, state: 'unreached' };
    return { layer, state: layer === 'tls' && !overTls(exchange) ? 'untold' : 'well' };
  });
}

/** The innermost layer of which something was seen. */
function deepestOf({ httpStatus, ocpiStatus, ended }: Judged, problems: readonly Problem[]): Layer {
  if (httpStatus === null && problems.some(({ layer }) => layer === 'tls')) return 'tls';
  if (httpStatus === null) return ended === 'open' ? 'http' : 'network';
  if (ocpiStatus === null) return 'http';
  return isSuccess(ocpiStatus) ? 'flow' : 'ocpi';
}

/** A status says so even where another one says it more exactly, and the problem is told there. */
function saysFailure(layer: Layer, { httpStatus, ocpiStatus }: Judged): boolean {
  if (layer === 'http') return httpStatus !== null && httpStatus >= 400;
  return layer === 'ocpi' && ocpiStatus !== null && !isSuccess(ocpiStatus);
}

/** Of a call to us only the path is kept. */
function overTls({ direction, url }: Judged): boolean {
  return direction === 'out' && /^https:/i.test(url);
}
