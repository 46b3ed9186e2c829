import type { OcpiType } from '../../core/ocpi/types.ts';
import { ocpiNotes } from '../texts/en/ocpi-notes.ts';
import type { TextKey } from '../texts/texts.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Chip } from '../ui/chip.tsx';
import type { JsonCursor } from '../ui/editor/json-cursor.ts';
import { type Field, fieldAt, isRequired, objectAt, typeName } from './field.ts';
import styles from './field-help.module.css';

export interface FieldHelpProps {
  readonly type: OcpiType;
  readonly cursor: JsonCursor;
}

/** What the specification says about the field the cursor is at. */
export function FieldHelp({ type, cursor }: FieldHelpProps) {
  const t = useTexts('ocpiHelp');
  const field = fieldAt(type.schema, cursor.path);
  if (field !== undefined) return <About field={field} />;
  const around = objectAt(type.schema, cursor.path.slice(0, -1));
  if (cursor.path.length > 0 && cursor.role !== 'none' && cursor.typed !== '' && around !== undefined) {
    return <p className={styles['line']}>{t('noField', { type: around.name })}</p>;
  }
  return <p className={styles['line']}>{t('wholeObject', { type: type.name, version: type.version })}</p>;
}

function About({ field }: { readonly field: Field }) {
  const t = useTexts('ocpiHelp');
  const notes = useTexts('ocpiNotes');
  const { owner, name, value, element, cardinality } = field;
  const note = noteOf(owner, name);
  return (
    <>
      <p className={styles['head']}>
        <strong className={styles['name']}>{name}</strong>
        <span className={styles['type']}>{typeName(value)}</span>
        <Chip tone={isRequired(field) && !element ? 'accent' : 'plain'}>
          {element ? t('element') : t(`cardinality-${cardinality}`)}
        </Chip>
        <span className={styles['dim']}>{t('inObject', { type: owner })}</span>
      </p>
      {note !== undefined && <p className={styles['line']}>{notes(note)}</p>}
      {value.kind === 'text' && value.maxLength !== undefined && (
        <p className={styles['line']}>{t('longest', { count: value.maxLength })}</p>
      )}
      {value.kind === 'text' && value.secret && <p className={styles['line']}>{t('secret')}</p>}
      {value.kind === 'enum' && (
        <p className={styles['line']}>
          {t('values')}: <span className={styles['values']}>{value.values.join(' · ')}</span>
          {value.open && ` ${t('openEnum')}`}
        </p>
      )}
    </>
  );
}

type NoteKey = TextKey<typeof ocpiNotes>;

function noteOf(owner: string, name: string): NoteKey | undefined {
  return [`${owner}/${name}`, `*/${name}`].find((key): key is NoteKey => Object.hasOwn(ocpiNotes, key));
}
