import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { classNames } from '../class-names.ts';
import { Spoken } from '../spoken.tsx';
import { useUiTexts } from '../ui-texts.ts';
import { type DiffLine, diffLines, folded } from './line-diff.ts';
import styles from './text-diff.module.css';

export interface TextDiffProps {
  readonly left: string;
  readonly right: string;
  /** What the two are. */
  readonly labels: readonly [string, string];
  /** Said where the two are the same. */
  readonly same: string;
}

/** Lines of a text that show around each change. */
const CONTEXT = 3;
/** Rows drawn before one asks for more: a page of a hundred objects has thousands of lines. */
const MOST_ROWS = 400;
/** Characters of one line: a body that is no JSON may be a single one. */
const LONGEST = 2000;

/**
 * Two texts beside each other, or below each other where there is no room: lines that differ are marked by a sign, a word
 * for those who do not see it, and a colour; what they have in common is folded.
 */
export function TextDiff({ left, right, labels, same }: TextDiffProps) {
  const texts = useUiTexts();
  const rows = useMemo(() => diffLines(left, right), [left, right]);
  const [whole, setWhole] = useState(false);
  const [more, setMore] = useState(1);
  const all = useMemo(() => (whole ? rows : folded(rows, CONTEXT)), [rows, whole]);
  const shown = all.slice(0, MOST_ROWS * more);
  const equal = rows.every(({ kind }) => kind === 'same');
  return (
    <div className={styles['diff']}>
      {equal && <p className={styles['note']}>{same}</p>}
      <table className={styles['table']}>
        <thead>
          <tr>
            {labels.map(label => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(row =>
            row.kind === 'fold' ? (
              <tr key={`fold ${row.at}`} className={styles['fold']}>
                <td colSpan={2}>
                  <button type="button" onClick={() => setWhole(true)}>
                    {texts.unchangedLines(row.count)}
                  </button>
                </td>
              </tr>
            ) : (
              <tr key={`${row.left?.number} ${row.right?.number}`} className={styles[row.kind]}>
                <Side line={row.left} side="left" changed={row.kind === 'changed'} />
                <Side line={row.right} side="right" changed={row.kind === 'changed'} />
              </tr>
            ),
          )}
        </tbody>
      </table>
      {shown.length < all.length && (
        <Button variant="default" onClick={() => setMore(more + 5)}>
          {texts.moreLines(all.length - shown.length)}
        </Button>
      )}
    </div>
  );
}

interface SideProps {
  readonly line: DiffLine | undefined;
  readonly side: 'left' | 'right';
  readonly changed: boolean;
}

const SIGNS = { left: '−', right: '+' } as const;

function Side({ line, side, changed }: SideProps) {
  const texts = useUiTexts();
  if (line === undefined) return <td className={classNames(styles[side], styles['absent'])} />;
  return (
    <td className={classNames(styles[side], changed && styles['differs'])}>
      <span className={styles['sign']} aria-hidden>
        {changed ? SIGNS[side] : ' '}
      </span>
      {changed && <Spoken>{side === 'left' ? texts.lineGone : texts.lineCame}</Spoken>}
      <LineText line={line} />
    </td>
  );
}

function LineText({ line: { text, changed } }: { readonly line: DiffLine }) {
  const cut = (part: string) =>
    part.length > LONGEST ? `${part.slice(0, LONGEST / 2)} … ${part.slice(-LONGEST / 2)}` : part;
  if (changed === undefined || changed[0] === changed[1]) return <code>{cut(text)}</code>;
  const [from, to] = changed;
  return (
    <code>
      {cut(text.slice(0, from))}
      <mark>{cut(text.slice(from, to))}</mark>
      {cut(text.slice(to))}
    </code>
  );
}
