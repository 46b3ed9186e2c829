import type { ScenarioProblem } from '../../../../core/contract/scenario.ts';
import type { JsonMark } from '../../../ui/editor/json-marks.ts';

const PLACE = /^line (\d+)(?:, column (\d+))?$/;

/** What is wrong with a scenario, at its place: a JSON pointer, or a line where the text is no JSON. */
export function problemMarks(text: string, problems: readonly ScenarioProblem[]): readonly JsonMark[] {
  return problems.map(({ where, message, severity }) => {
    const [, line, column = '1'] = PLACE.exec(where) ?? [];
    return line === undefined
      ? { pointer: where, severity, message }
      : { pointer: '', severity, message, at: offsetOf(text, Number(line), Number(column)) };
  });
}

/** Characters before a line and column, both from 1. */
function offsetOf(text: string, line: number, column: number): number {
  let from = 0;
  for (let at = 1; at < line; at += 1) {
    const end = text.indexOf('\n', from);
    if (end < 0) break;
    from = end + 1;
  }
  return Math.min(text.length, from + column - 1);
}
