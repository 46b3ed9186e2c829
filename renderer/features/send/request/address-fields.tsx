import { NativeSelect, TextInput } from '@mantine/core';
import type { LinkView } from '../../../../core/contract/links.ts';
import type { SendableOperation } from '../../../../core/contract/sending.ts';
import { usePlatform } from '../../../bridge/queries.ts';
import { METHODS } from '../../../exchange/methods.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Mono } from '../../../ui/mono.tsx';
import { SuggestField } from '../../../ui/suggest-field.tsx';
import shared from '../form.module.css';
import type { Draft } from './draft.ts';
import styles from './request.module.css';

export interface AddressFieldsProps {
  readonly operation: SendableOperation;
  readonly link: LinkView;
  readonly draft: Draft;
  readonly change: (patch: Partial<Draft>) => void;
}

/** Where it goes: what stands in the path and the query, or a URL of one's own. */
export function AddressFields({ operation, link, draft, change }: AddressFieldsProps) {
  const t = useTexts('send');
  const { endpoint, path, params, query } = operation;
  const method = draft.method ?? operation.method;
  const methods = METHODS.some(one => one === method) ? METHODS : [method, ...METHODS];
  const ownUrl = draft.url !== undefined;
  return (
    <>
      <div className={styles['address']}>
        <NativeSelect
          aria-label={t('field-method')}
          className={styles['method'] ?? ''}
          data={[...methods]}
          value={method}
          onChange={event => {
            const chosen = event.currentTarget.value;
            change({ method: chosen === operation.method ? undefined : chosen });
          }}
        />
        {ownUrl ? (
          <TextInput
            className={styles['url'] ?? ''}
            aria-label={t('field-url')}
            placeholder={endpoint === null ? t('urlNeeded') : endpoint}
            value={draft.url}
            spellCheck={false}
            autoComplete="off"
            onChange={event => change({ url: event.currentTarget.value })}
          />
        ) : (
          <span className={styles['endpoint']}>
            <Mono wrap>
              {endpoint}
              {path !== '' && <strong>/{path}</strong>}
            </Mono>
          </span>
        )}
      </div>
      {endpoint === null && <p className={shared['lacking']}>{t('noEndpointText', { link: link.name })}</p>}
      {!ownUrl && params.length + query.length > 0 && (
        <div className={styles['fields']}>
          {params.map(name => (
            <TextInput
              key={`path ${name}`}
              label={name}
              value={draft.params[name] ?? ''}
              spellCheck={false}
              autoComplete="off"
              onChange={event => change({ params: { ...draft.params, [name]: event.currentTarget.value } })}
            />
          ))}
          {query.map(name => (
            <TextInput
              key={`query ${name}`}
              label={`?${name}`}
              value={draft.query[name] ?? ''}
              spellCheck={false}
              autoComplete="off"
              onChange={event => change({ query: withValue(draft.query, name, event.currentTarget.value) })}
            />
          ))}
        </div>
      )}
    </>
  );
}

/** Between whom it goes, where that is not as usual. */
export function PartyFields({ link, draft, change }: Omit<AddressFieldsProps, 'operation'>) {
  const t = useTexts('send');
  const parties = usePlatform().data?.parties ?? [];
  const named = ({
    countryCode,
    partyId,
    role,
  }: {
    countryCode: string;
    partyId: string;
    role?: string | undefined;
  }) => ({
    value: `${countryCode}-${partyId}`,
    ...(role !== undefined && { hint: role }),
  });
  return (
    <div className={styles['fields']}>
      <SuggestField
        label={t('field-from')}
        value={draft.fromParty}
        onChange={fromParty => change({ fromParty })}
        suggestions={parties.map(named)}
        placeholder={t('usualParty')}
      />
      <SuggestField
        label={t('field-to')}
        value={draft.toParty}
        onChange={toParty => change({ toParty })}
        suggestions={link.parties.map(named)}
        placeholder={t('usualParty')}
      />
    </div>
  );
}

/** A parameter without a value is left out. */
function withValue(query: Draft['query'], name: string, value: string): Draft['query'] {
  const { [name]: _, ...others } = query;
  return value === '' ? others : { ...others, [name]: value };
}
