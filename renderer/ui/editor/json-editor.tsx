import { CodeBox } from './code-box.tsx';
import type { JsonMark } from './json-marks.ts';

export interface JsonEditorProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly marks?: readonly JsonMark[];
  readonly height?: number | string;
  readonly label?: string;
  /** A place to be brought into view, whenever another one is given. */
  readonly reveal?: Pick<JsonMark, 'pointer' | 'at'> | undefined;
}

const NO_MARKS: readonly JsonMark[] = [];

export function JsonEditor({ value, onChange, marks = NO_MARKS, height, label = 'JSON', reveal }: JsonEditorProps) {
  return (
    <CodeBox
      text={value}
      marks={marks}
      label={label}
      onChange={onChange}
      reveal={reveal}
      {...(height !== undefined && { height })}
    />
  );
}
