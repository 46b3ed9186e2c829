import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { PlatformView } from '../../../core/contract/platform.ts';
import { useClient } from '../../bridge/client.ts';
import { useDoing } from '../../bridge/use-doing.ts';
import { useLanguage, useTexts } from '../../texts/use-texts.ts';
import { useConfirm } from '../../ui/confirm.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { stillHere } from '../../ui/still-here.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { View } from '../../ui/view.tsx';
import { BringDialog, WAYS, type Way } from './bring/bring-dialog.tsx';
import { NewPane } from './edit/new-pane.tsx';
import { ObjectPane } from './edit/object-pane.tsx';
import { type OwnKind, type OwnName, ofName, ownersOf, parseName, printName, versionsOf } from './kinds.ts';
import { LifePanel } from './life/life-panel.tsx';
import { OwnTools } from './own-tools.tsx';
import { PushDialog, type PushDialogProps } from './push/push-dialog.tsx';
import { PushList } from './push/push-list.tsx';
import { BLANK, type OwnSearch } from './search.ts';
import { OwnTable } from './table/own-table.tsx';
import { useCounts, useListed } from './use-counts.ts';

/** The world of the built-in partner has these. */
const MADE_UP: ReadonlySet<string> = new Set(['locations', 'sessions', 'cdrs', 'tariffs', 'tokens']);

export interface OwnBrowserProps {
  readonly platform: PlatformView;
  /** Those we may have; `kind` is one of them. */
  readonly kinds: readonly OwnKind[];
  readonly kind: OwnKind;
  readonly search: OwnSearch;
}

export function OwnBrowser({ platform, kinds, kind, search }: OwnBrowserProps) {
  const t = useTexts('own');
  const go = useNavigate();
  const client = useClient();
  const confirm = useConfirm();
  const numbers = new Intl.NumberFormat(useLanguage());
  const frame = useRef<HTMLDivElement>(null);
  const parties = ownersOf(platform.parties, kind);
  const versions = versionsOf(platform.versions, kind);
  const party = parties.find(one => one === search.party);
  const narrowing = { kind, party, begins: search.id };
  const counts = useCounts(kinds).data;
  const listing = useListed(narrowing);
  const listed = listing.counted.data?.count;
  const removing = useDoing();
  const [several, setSeveral] = useState<readonly string[]>([]);
  const latest = useRef(several);
  const [way, setWay] = useState<Way>();
  const [pushing, setPushing] = useState<PushDialogProps['what']>();
  const opened = parseName(search.sel);
  const selected = several.length > 1 || search.sel === undefined ? several : [search.sel];
  const names = selected.flatMap(text => parseName(text) ?? []);

  const to = (change: Partial<OwnSearch>, replace = false) =>
    go({ to: '/own', search: { ...search, kind: kind.id, ...change }, replace });
  const open = (sel: string | undefined) => to({ sel, new: undefined }, search.sel !== undefined);
  const close = () => {
    setSeveral([]);
    void to({ sel: undefined, new: undefined });
    frame.current?.querySelector<HTMLElement>('[role=grid]')?.focus();
  };
  const remove = async (gone: readonly OwnName[]) => {
    const [only] = gone;
    const meant = await confirm({
      title:
        gone.length === 1 && only !== undefined
          ? t('deleteTitle', { id: only.id })
          : t('deleteSeveral', { count: gone.length, number: numbers.format(gone.length) }),
      text: t('deleteText'),
      action: t('delete'),
      danger: true,
    });
    if (!meant) return;
    const here = stillHere();
    await removing.run(async () => {
      for (const name of gone) await client.own.remove(ofName(kind, name));
    });
    setSeveral([]);
    if (here()) await to({ sel: undefined }, true);
  };

  const count = counts?.get(kind.id);
  const ways = WAYS.filter(one => (one === 'generate' ? MADE_UP.has(kind.id) : true));
  const bring = { kind, parties, versions, onClose: () => setWay(undefined) };
  const emptyState =
    search.id !== undefined || (party !== undefined && count !== 0) ? (
      <EmptyState
        title={t('nothingFits')}
        text={t('nothingFitsText')}
        actions={<Button onClick={() => void to({ id: undefined, party: undefined })}>{t('showAll')}</Button>}
      />
    ) : (
      <EmptyState
        title={t('emptyTitle', { kind: t(`kind-${kind.id}`) })}
        text={t('emptyText')}
        actions={
          <>
            {ways.map((one, at) => (
              <Button key={one} variant={at === 0 ? 'filled' : 'default'} onClick={() => setWay(one)}>
                {t(`way-${one}`)}
              </Button>
            ))}
            <Button variant="default" onClick={() => void to({ new: BLANK, sel: undefined })}>
              {t('new')}
            </Button>
          </>
        }
      />
    );
  const pane =
    search.new !== undefined ? (
      <NewPane
        key={search.new}
        kind={kind}
        of={parseName(search.new)}
        parties={parties}
        versions={versions}
        onSaved={name => void to({ new: undefined, sel: printName(name) }, true)}
        onCancel={close}
      />
    ) : opened === undefined ? null : (
      <ObjectPane
        key={search.sel}
        kind={kind}
        name={opened}
        onSaved={name => void to({ sel: printName(name) }, true)}
        onDuplicate={() => void to({ new: printName(opened), sel: undefined })}
        onPush={() => setPushing([opened])}
        onDelete={() => void remove([opened])}
      />
    );
  return (
    <View title={t('title')} frame={frame}>
      <Tabs
        label={t('kinds')}
        tabs={kinds.map(({ id }) => {
          const badge = counts?.get(id);
          return {
            id,
            label: t(`kind-${id}`),
            ...(badge !== undefined && badge > 0 && { badge: numbers.format(badge) }),
          };
        })}
        value={kind.id}
        onChange={id =>
          void go({
            to: '/own',
            search: {
              kind: id,
              ...(search.life === true && { life: true, ...(search.whose !== undefined && { whose: search.whose }) }),
            },
          })
        }
      />
      <OwnTools
        parties={parties}
        party={party}
        begins={search.id}
        listed={listed}
        chosen={names}
        ways={ways}
        onParty={one => void to({ party: one }, true)}
        onBegins={id => void to({ id }, true)}
        life={search.life === true}
        onLife={() => void to({ life: search.life === true ? undefined : true }, true)}
        onNew={() => void to({ new: BLANK, sel: undefined })}
        onBring={setWay}
        onPush={setPushing}
        onDelete={gone => void remove(gone)}
      />
      {removing.failure !== undefined && <FailureNote failure={removing.failure} />}
      {search.life === true && (
        <LifePanel
          whose={search.whose ?? 'own'}
          onWhose={whose => void to({ whose: whose === 'own' ? undefined : whose }, true)}
        />
      )}
      <PushList />
      <SplitPane
        left={
          <OwnTable
            kind={kind}
            listing={listing}
            several={parties.length > 1}
            selected={selected}
            onSelected={chosen => {
              latest.current = chosen;
              setSeveral(chosen);
            }}
            onReach={name => {
              if (latest.current.length === 1 && latest.current[0] === name) void open(name);
            }}
            onOpen={name => void open(name)}
            emptyState={emptyState}
          />
        }
        right={pane}
        storageKey="own"
        initial={640}
        onClose={close}
        label={t('details')}
      />
      <BringDialog {...bring} way={way} ways={ways} onWay={setWay} />
      <PushDialog kind={kind} what={pushing} party={party} total={listed ?? 0} onClose={() => setPushing(undefined)} />
    </View>
  );
}
