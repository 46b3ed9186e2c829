import { definitionOf } from '../../../../core/ocpi/schema.ts';
import { findType } from '../../../../core/ocpi/types.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import styles from './asked.module.css';
import { AskedTextField } from './asked-field.tsx';
import type { FieldPart } from './field-part.ts';
import { WaitFields } from './wait-fields.tsx';

/** Which token shall charge, and where. */
export function AuthorizeFields(part: FieldPart) {
  const t = useTexts('send');
  const { link, choices } = part;
  return (
    <div className={styles['fields']}>
      <AskedTextField
        {...part}
        field="token"
        label={t('field-token')}
        required
        suggestions={choices.theirTokens}
        description={t('theirTokenHint')}
      />
      <AskedTextField
        {...part}
        field="type"
        label={t('field-type')}
        suggestions={tokenTypes(link.version).map(value => ({ value }))}
        description={t('typeHint')}
      />
      <AskedTextField
        {...part}
        field="location"
        label={t('field-location')}
        suggestions={choices.ownLocations}
        description={t('whereHint')}
      />
      <AskedTextField {...part} field="evse" label={t('field-evses')} description={t('evsesHint')} />
      {link.version === '2.1.1' && (
        <AskedTextField {...part} field="connector" label={t('field-connectors')} description={t('evsesHint')} />
      )}
      <WaitFields {...part} waits={false} />
    </div>
  );
}

function tokenTypes(version: FieldPart['link']['version']): readonly string[] {
  const found = version === undefined ? undefined : findType(version, 'TokenType');
  const definition = found && definitionOf(found.schema);
  return definition?.kind === 'enum' ? definition.values : [];
}
