import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconRepeat } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { ImportedLog } from '../../../../core/contract/session-log.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { useOpening } from '../open/opening.ts';
import { useReproduce } from '../reproduce/use-reproduce.ts';

/** More than this are chosen in the list below. */
const SHOWN = 8;

/** Of a file, or of a log that is here: at once where it has one link, else on its page. */
export function ReproduceMenu({ logs }: { readonly logs: readonly ImportedLog[] }) {
  const t = useTexts('logs');
  const go = useNavigate();
  const opening = useOpening();
  const { doing, start } = useReproduce();
  const icon = <IconRepeat size={14} aria-hidden />;
  if (logs.length === 0) {
    return (
      <Button leftSection={icon} onClick={opening.choose}>
        {t('reproduceAction')}
      </Button>
    );
  }
  const reproduce = ({ logId, links }: ImportedLog) => {
    const [only] = links;
    if (links.length === 1 && only !== undefined) void start({ source: { logId }, link: only.name });
    else void go({ to: '/logs/$log', params: { log: String(logId) } });
  };
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button leftSection={icon} rightSection={<IconChevronDown size={13} aria-hidden />} loading={doing.busy}>
            {t('reproduceAction')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {logs.slice(0, SHOWN).map(log => (
            <Menu.Item key={log.logId} onClick={() => reproduce(log)}>
              {log.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={opening.choose}>{t('ofFile')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {doing.failure !== undefined && <FailureNote failure={doing.failure} />}
    </>
  );
}
