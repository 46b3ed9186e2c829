import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { LinkView } from '../../../../core/contract/links.ts';
import type { SendableOperation } from '../../../../core/contract/sending.ts';
import { HeaderFields } from '../../../exchange/header-fields.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { PartyFields } from './address-fields.tsx';
import type { Draft } from './draft.ts';
import styles from './request.module.css';

export interface MoreFieldsProps {
  readonly operation: SendableOperation | undefined;
  readonly link: LinkView;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

/** What is seldom needed, and right if left alone: parties, headers, another URL. Open where something of it is set. */
export function MoreFields({ operation, link, draft, onChange }: MoreFieldsProps) {
  const t = useTexts('send');
  const { headers, fromParty, toParty, url } = draft;
  const [open, setOpen] = useState(
    headers.length > 0 || fromParty !== '' || toParty !== '' || (url !== undefined && url !== ''),
  );
  return (
    <details className={styles['more']} open={open} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>{t('more')}</summary>
      <div className={styles['moreFields']}>
        {link.version !== '2.1.1' && (
          <PartyFields link={link} draft={draft} change={patch => onChange({ ...draft, ...patch })} />
        )}
        <HeaderFields
          title={t('ownHeaders')}
          hint={t('ownHeadersHint')}
          lines={headers}
          onChange={lines => onChange({ ...draft, headers: lines })}
        />
        {operation !== undefined && operation.endpoint !== null && (
          <Checkbox
            label={t('ownUrl')}
            checked={url !== undefined}
            onChange={event => onChange({ ...draft, url: event.currentTarget.checked ? '' : undefined })}
          />
        )}
      </div>
    </details>
  );
}
