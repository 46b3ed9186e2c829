import type { MapMark } from '../../../../core/contract/objects.ts';
import shapes from '../../../evse/status-shape.module.css';
import { shapeOf } from '../../../evse/status-shape.ts';
import styles from './map.module.css';

const SVG = 'http://www.w3.org/2000/svg';

export interface MarkElement {
  readonly element: HTMLElement;
  /** Of the square it fills, in pixels. */
  readonly size: number;
}

/** What a mark looks like: the shape and letter of its status, or how many lie there with the letter of the worst. */
export function markElement({ count, status }: MapMark, countText: string): MarkElement {
  const { letter, tone, path, filled } = shapeOf(status);
  const element = document.createElement('span');
  // What it says is the name of the mark around it; what is drawn (by the style sheet) is no text to be read out.
  element.setAttribute('aria-hidden', 'true');
  element.className = [shapes['shape'], shapes[tone], shapes[filled ? 'filled' : 'hollow'], styles['mark']].join(' ');
  if (count === 1) {
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('viewBox', '0 0 20 20');
    const outline = document.createElementNS(SVG, 'path');
    outline.setAttribute('d', path);
    const text = document.createElementNS(SVG, 'text');
    text.setAttribute('x', '10');
    text.setAttribute('y', '14');
    text.textContent = letter;
    svg.append(outline, text);
    element.append(svg);
    return { element, size: 24 };
  }
  element.classList.add(styles['cluster'] ?? '');
  const number = document.createElement('b');
  number.dataset['shown'] = countText;
  const worst = document.createElement('i');
  worst.dataset['shown'] = letter;
  element.append(number, worst);
  return { element, size: Math.round(26 + 5 * Math.log10(count)) };
}
