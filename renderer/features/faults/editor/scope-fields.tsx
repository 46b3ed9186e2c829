import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import type { FaultDirection } from '../../../../core/contract/fault.ts';
import { VERSIONS } from '../../../../core/ocpi/versions.ts';
import { useLinks } from '../../../bridge/queries.ts';
import { operationWords } from '../../../exchange/operation-words.ts';
import { ProductionSign } from '../../../links/production.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { DateField } from '../../../ui/date-field.tsx';
import { SuggestField } from '../../../ui/suggest-field.tsx';
import type { Whose } from '../search.ts';
import styles from './editor.module.css';
import { modulesFor, operationsFor } from './operation-choices.ts';
import type { ScopeField } from './rule-draft.ts';
import type { DraftFieldsProps } from './rule-editor.tsx';

const DIRECTIONS: readonly FaultDirection[] = ['answer', 'send'];

/** Which exchanges the rule looks at. */
export function ScopeFields({ draft, kind, onChange, problem, whose }: DraftFieldsProps & { readonly whose: Whose }) {
  const t = useTexts('faults');
  const common = useTexts('common');
  const words = operationWords(useTexts('traffic'));
  const known = useLinks().data ?? [];
  const links = whose === 'own' ? known : [];
  const { scope } = draft;
  const production = links.some(({ name, environment }) => name === scope.link && environment === 'production');
  const set = (change: Partial<RuleScope>) => onChange({ ...draft, scope: { ...scope, ...change } });
  const field = (name: ScopeField) => ({
    label: t(`field-${name}`),
    value: scope[name],
    error: problem(`scope.${name}`) ?? null,
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      set({ [name]: event.currentTarget.value }),
  });
  const plain = { spellCheck: false, autoComplete: 'off' } as const;
  const operations = operationsFor(kind.operations, scope);
  const modules = modulesFor(kind.operations, scope);
  // What was chosen before stays choosable, so that nothing is dropped in silence.
  const chosen = operations.some(({ id }) => id === scope.operation) ? undefined : scope.operation;
  return (
    <fieldset className={styles['group']}>
      <legend>{t('whichExchanges')}</legend>
      <div className={styles['fields']}>
        <SuggestField
          label={t('field-link')}
          placeholder={t('everyLink')}
          value={scope.link}
          onChange={link => set({ link })}
          error={problem('scope.link')}
          suggestions={links.map(({ name, environment, organisation }) => ({
            value: name,
            hint: environment === 'production' ? `${organisation}, ${common('production')}` : organisation,
          }))}
        />
        <NativeSelect
          {...field('direction')}
          data={[
            { value: '', label: t('bothDirections') },
            ...DIRECTIONS.map(value => ({
              value,
              label: t(`says-${value}`),
              disabled: !kind.directions.includes(value),
            })),
          ]}
        />
        <NativeSelect
          {...field('module')}
          data={[{ value: '', label: t('everyModule') }, ...modules.map(value => ({ value, label: value }))]}
          onChange={event => set({ module: event.currentTarget.value, operation: '' })}
        />
        <NativeSelect
          {...field('operation')}
          data={[
            { value: '', label: t('everyOperation') },
            ...(chosen ? [{ value: chosen, label: words(chosen) }] : []),
            ...operations.map(({ id, method }) => ({ value: id, label: `${words(id)} (${method})` })),
          ]}
        />
        <NativeSelect
          {...field('version')}
          data={[{ value: '', label: t('everyVersion') }, ...VERSIONS.map(value => ({ value, label: value }))]}
        />
        <NativeSelect
          {...field('side')}
          data={[
            { value: '', label: t('bothSides') },
            { value: 'SENDER', label: t('side-SENDER') },
            { value: 'RECEIVER', label: t('side-RECEIVER') },
          ]}
        />
        <TextInput {...field('party')} {...plain} placeholder="NL-TNM" />
        <TextInput {...field('object')} {...plain} placeholder={t('anyObject')} />
        {(['from', 'until'] as const).map(name => (
          <DateField key={name} kind="moment" {...field(name)} onChange={value => set({ [name]: value })} />
        ))}
      </div>
      {production && (
        <p className={styles['production']}>
          <ProductionSign /> {t('productionTold')}
        </p>
      )}
      <Checkbox
        label={t('field-registration')}
        description={t('registrationWhy')}
        checked={draft.reachesRegistration}
        onChange={event => onChange({ ...draft, reachesRegistration: event.currentTarget.checked })}
      />
    </fieldset>
  );
}

type RuleScope = DraftFieldsProps['draft']['scope'];
