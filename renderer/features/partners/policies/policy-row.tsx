import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PolicyLine } from '../../../../core/contract/decisions.ts';
import type { Policy } from '../../../../core/contract/policy.ts';
import { operationWords } from '../../../exchange/operation-words.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { classNames } from '../../../ui/class-names.ts';
import styles from './policies-tab.module.css';
import {
  answerOf,
  answersOf,
  type ChosenAnswer,
  commonAnswer,
  followingOf,
  readSeconds,
  resultsOf,
  withAnswer,
  withLater,
  withResult,
} from './policy-lines.ts';

/** Ends when it was set, or was not: a production link asks first. */
type OnSet = (policy: Policy | null) => Promise<void>;

/** All operations of a module at once. */
export function ModuleRow({
  module,
  lines,
  onSet,
}: {
  readonly module: string;
  readonly lines: readonly PolicyLine[];
  readonly onSet: OnSet;
}) {
  const t = useTexts('decisions');
  const common = commonAnswer(lines);
  const answers = answersOf({ simulates: lines.every(({ simulates }) => simulates) });
  const [first] = lines;
  if (first === undefined) return null;
  return (
    <tr className={styles['module']}>
      <th scope="rowgroup">{module}</th>
      <td>
        <NativeSelect
          aria-label={t('answerOf', { operation: t('wholeModule', { module }) })}
          value={common ?? ''}
          onChange={event => {
            const answer = answers.find(one => one === event.currentTarget.value);
            if (answer !== undefined) void onSet(withAnswer(first, answer));
          }}
          data={[
            ...(common === undefined ? [{ value: '', label: t('mixed') }] : []),
            ...answers.map(answer => ({ value: answer, label: t(`answer-${answer}`) })),
          ]}
        />
      </td>
      <td colSpan={4} className={styles['of']}>
        {t('wholeModule', { module })}
      </td>
    </tr>
  );
}

/** One operation: the answer, and what belongs to that answer. */
export function PolicyRow({ line, onSet }: { readonly line: PolicyLine; readonly onSet: OnSet }) {
  const t = useTexts('decisions');
  const operation = operationWords(useTexts('traffic'))(line.operation);
  const { policy } = line;
  const answer = answerOf(line);
  const answers = answersOf(line);
  const results = resultsOf(line);
  const following = followingOf(line);
  const asks = answer === 'ask';
  const choose = (value: string) => {
    const chosen: ChosenAnswer | undefined = answers.find(one => one === value);
    if (chosen !== undefined) void onSet(withAnswer(line, chosen));
  };
  return (
    <tr>
      <th scope="row" className={classNames(!line.set && styles['usual'])}>
        {operation}
      </th>
      <td>
        <NativeSelect
          aria-label={t('answerOf', { operation })}
          value={answer}
          onChange={event => choose(event.currentTarget.value)}
          data={answers.map(one => ({
            value: one,
            label:
              one === 'usual' && !line.set
                ? t('usually', { answer: t(`answer-${policy.answer}`) })
                : t(`answer-${one}`),
          }))}
        />
      </td>
      <td>
        {results.length > 0 && (
          <NativeSelect
            aria-label={t('resultOf', { operation })}
            value={policy.result ?? ''}
            onChange={event => void onSet(withResult(line, event.currentTarget.value))}
            data={[{ value: '', label: t('resultUsual') }, ...results.map(value => ({ value, label: value }))]}
          />
        )}
      </td>
      <td>
        {following.length > 0 && (
          <NativeSelect
            aria-label={t('laterOf', { operation })}
            value={policy.later ?? ''}
            onChange={event => void onSet(withLater(line, event.currentTarget.value))}
            data={[
              { value: '', label: t('laterUsual') },
              ...following.map(value => ({ value, label: value === 'none' ? t('laterNone') : value })),
            ]}
          />
        )}
      </td>
      <td>
        {asks && (
          <Seconds
            key={policy.seconds}
            label={t('secondsOf', { operation })}
            seconds={policy.seconds}
            onChange={seconds => onSet({ ...policy, seconds })}
          />
        )}
      </td>
      <td>
        {asks && (
          <NativeSelect
            aria-label={t('otherwiseOf', { operation })}
            value={policy.otherwise}
            onChange={event =>
              void onSet({ ...policy, otherwise: event.currentTarget.value === 'accept' ? 'accept' : 'reject' })
            }
            data={(['reject', 'accept'] as const).map(value => ({ value, label: t(`answer-${value}`) }))}
          />
        )}
      </td>
    </tr>
  );
}

interface SecondsProps {
  readonly label: string;
  readonly seconds: number;
  readonly onChange: (seconds: number) => Promise<void>;
}

/** Counts when it is left, or with Enter: 20 is on the way to 200. */
function Seconds({ label, seconds, onChange }: SecondsProps) {
  const [typed, setTyped] = useState(String(seconds));
  const read = readSeconds(typed);
  const take = async () => {
    if (read !== undefined && read !== seconds) await onChange(read);
    // What was not taken is not shown.
    setTyped(String(seconds));
  };
  return (
    <TextInput
      aria-label={label}
      className={styles['seconds'] ?? ''}
      inputMode="numeric"
      value={typed}
      error={read === undefined}
      onChange={event => setTyped(event.currentTarget.value)}
      onBlur={() => void take()}
      onKeyDown={event => {
        // Leaving takes it: a question that opens would have the field left, and taken, a second time.
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}
