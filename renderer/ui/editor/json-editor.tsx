import { CodeBox } from './code-box.tsx';
import type { JsonMark } from './json-marks.ts';

export interface JsonEditorProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly marks?: readonly JsonMark[];
  readonly height?: number | string;
  readonly label?: string;
}

const NO_MARKS: readonly JsonMark[] = [];

export function JsonEditor({ value, onChange, marks = NO_MARKS, height, label = 'JSON' }: JsonEditorProps) {
  return (
    <CodeBox text={value} marks={marks} label={label} onChange={onChange} {...(height !== undefined && { height })} />
  );
}
