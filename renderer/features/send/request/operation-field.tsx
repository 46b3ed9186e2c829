import { Select } from '@mantine/core';
import { useMemo } from 'react';
import type { SendableOperation } from '../../../../core/contract/sending.ts';
import { operationWords } from '../../../exchange/operation-words.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import styles from './request.module.css';

export interface OperationFieldProps {
  readonly operations: readonly SendableOperation[];
  readonly value: string;
  readonly onChange: (operation: SendableOperation) => void;
}

/** What shall be asked, by module; what the partner has no endpoint for says so. */
export function OperationField({ operations, value, onChange }: OperationFieldProps) {
  const t = useTexts('send');
  const traffic = useTexts('traffic');
  const { data, byId } = useMemo(() => {
    const words = operationWords(traffic);
    const modules = Map.groupBy(operations, ({ module }) => module);
    return {
      byId: new Map(operations.map(one => [one.operation, one])),
      data: [...modules].map(([group, items]) => ({
        group,
        items: items.map(({ operation, method }) => ({ value: operation, label: `${words(operation)} (${method})` })),
      })),
    };
  }, [operations, traffic]);
  return (
    <Select
      label={t('field-operation')}
      data={data}
      value={value}
      searchable
      // What is typed then takes the place of the name that stands there.
      onFocus={event => event.currentTarget.select()}
      nothingFoundMessage={t('noOperation')}
      maxDropdownHeight={420}
      onChange={id => {
        const chosen = byId.get(id ?? '');
        if (chosen !== undefined) onChange(chosen);
      }}
      renderOption={({ option }) => {
        const one = byId.get(option.value);
        return (
          <span className={styles['option']}>
            <span>{option.label.replace(/ \([A-Z]+\)$/, '')}</span>
            <span className={styles['optionHint']}>
              {one?.method}
              {one?.endpoint === null && ` · ${t('noEndpoint')}`}
            </span>
          </span>
        );
      }}
    />
  );
}
