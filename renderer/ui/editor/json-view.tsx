import { useMemo } from 'react';
import { CodeBox } from './code-box.tsx';
import type { JsonMark } from './json-marks.ts';
import { prettyJson } from './pretty-json.ts';

export interface JsonViewProps {
  readonly text: string;
  /** Findings, marked at their line. */
  readonly marks?: readonly JsonMark[];
  /** CSS height; what the text needs unless said. */
  readonly height?: number | string;
  /** `indented`: a member a line, only whitespace differs from what was sent. */
  readonly layout?: 'indented' | 'as-sent';
  /** What the text is. */
  readonly label?: string;
  /** A place to be brought into view, whenever another one is given. */
  readonly reveal?: { readonly pointer: string } | undefined;
}

const NO_MARKS: readonly JsonMark[] = [];

/** JSON to be read, with search (Ctrl/Cmd+F) and folding. Text that is no JSON shows as it is. */
export function JsonView({
  text,
  marks = NO_MARKS,
  height,
  layout = 'indented',
  label = 'JSON',
  reveal,
}: JsonViewProps) {
  const shown = useMemo(() => (layout === 'indented' ? prettyJson(text) : text), [text, layout]);
  return <CodeBox text={shown} marks={marks} label={label} reveal={reveal} {...(height !== undefined && { height })} />;
}
