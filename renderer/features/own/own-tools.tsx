import { Button, Menu, NativeSelect, TextInput } from '@mantine/core';
import { IconBolt, IconChevronDown, IconPlus, IconSearch, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useLanguage, useTexts } from '../../texts/use-texts.ts';
import { Toolbar } from '../../ui/toolbar.tsx';
import type { Way } from './bring/bring-dialog.tsx';
import type { OwnName } from './kinds.ts';
import styles from './own.module.css';

export interface OwnToolsProps {
  readonly parties: readonly string[];
  readonly party: string | undefined;
  readonly begins: string | undefined;
  /** How many the table lists; undefined while that is not known. */
  readonly listed: number | undefined;
  readonly chosen: readonly OwnName[];
  readonly ways: readonly Way[];
  readonly onParty: (party: string | undefined) => void;
  readonly onBegins: (begins: string | undefined) => void;
  /** The simulation is open. */
  readonly life: boolean;
  readonly onLife: () => void;
  readonly onNew: () => void;
  readonly onBring: (way: Way) => void;
  readonly onPush: (what: 'all' | readonly OwnName[]) => void;
  readonly onDelete: (names: readonly OwnName[]) => void;
}

const EVERY = '';
/** What is looked for by its beginning is listed up to here. */
const MOST_FOUND = 1000;

export function OwnTools(props: OwnToolsProps) {
  const { parties, party, begins, listed, chosen, ways, onPush } = props;
  const t = useTexts('own');
  const simulation = useTexts('life');
  const numbers = new Intl.NumberFormat(useLanguage());
  const [typed, setTyped] = useState(begins ?? '');
  const [shown, setShown] = useState(begins);
  if (shown !== begins) {
    // The address was changed by something else than this field.
    setShown(begins);
    if ((typed === '' ? undefined : typed) !== begins) setTyped(begins ?? '');
  }
  const several = chosen.length > 1;
  const capped = begins !== undefined && listed === MOST_FOUND;
  return (
    <Toolbar label={t('tools')}>
      <TextInput
        className={styles['find'] ?? ''}
        aria-label={t('find')}
        placeholder={t('find')}
        leftSection={<IconSearch size={13} aria-hidden />}
        value={typed}
        spellCheck={false}
        onChange={event => {
          const text = event.currentTarget.value;
          setTyped(text);
          props.onBegins(text === '' ? undefined : text);
        }}
      />
      {parties.length > 1 && (
        <NativeSelect
          aria-label={t('party')}
          data={[{ value: EVERY, label: t('everyParty') }, ...parties]}
          value={party ?? EVERY}
          onChange={event => props.onParty(event.currentTarget.value === EVERY ? undefined : event.currentTarget.value)}
        />
      )}
      <span className={styles['count']} role="status">
        {several
          ? t('chosen', { count: chosen.length, number: numbers.format(chosen.length) })
          : listed !== undefined &&
            t(capped ? 'listedMost' : 'listed', { count: listed, number: numbers.format(listed) })}
      </span>
      <span className={styles['space']} />
      {several && (
        <Button variant="default" color="red" onClick={() => props.onDelete(chosen)}>
          {t('deleteChosen', { count: chosen.length, number: numbers.format(chosen.length) })}
        </Button>
      )}
      {(listed ?? 0) > 0 && (begins === undefined || several) && (
        <Button variant="default" leftSection={<IconSend size={14} />} onClick={() => onPush(several ? chosen : 'all')}>
          {several ? t('pushChosen', { count: chosen.length, number: numbers.format(chosen.length) }) : t('pushAll')}
        </Button>
      )}
      <Button
        variant={props.life ? 'light' : 'default'}
        aria-expanded={props.life}
        leftSection={<IconBolt size={14} />}
        onClick={props.onLife}
      >
        {simulation('open')}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={13} />}>
            {t('bring')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {ways.map(way => (
            <Menu.Item key={way} onClick={() => props.onBring(way)}>
              {t(`way-${way}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button leftSection={<IconPlus size={14} />} onClick={props.onNew}>
        {t('new')}
      </Button>
    </Toolbar>
  );
}
