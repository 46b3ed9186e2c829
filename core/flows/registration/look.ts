import type { Version } from '../../ocpi/versions.ts';
import { converse } from './conversation.ts';
import { readPartner } from './partner-reading.ts';
import { endpointList, likelyVersion } from './partner-shape.ts';
import type { FlowResult, RegistrationPorts, RunContext } from './ports.ts';

/**
 * Reads the versions and endpoints of a partner whose tokens are there already, changing nothing at the partner: what an
 * adopted link needs instead of a handshake. Where it fails the link stays adopted, without endpoints.
 */
export async function look(
  ports: RegistrationPorts,
  run: RunContext,
  { linkId, version }: { linkId: number; version?: Version },
): Promise<FlowResult> {
  const link = ports.link(linkId);
  const token = ports.outgoingToken(linkId);
  if (link.versionsUrl === undefined || token === undefined) {
    const reason = token === undefined ? 'there is no readable token to call it with' : 'its versions URL is not known';
    run.tell({ step: 'versions', ok: false, exchangeIds: [], reason });
    return { ok: false, summary: `${link.name}: ${reason}` };
  }
  const conversation = converse({
    ports,
    run,
    link,
    token: { words: `token ${token.kind}`, ...token },
    likelyVersion: likelyVersion(link, ports.platform.versions, version),
  });
  const asked = version ?? link.version;
  const read = await readPartner({
    conversation,
    run,
    link,
    versionsUrl: link.versionsUrl,
    ownVersions: ports.platform.versions,
    ...(asked === undefined ? {} : { asked }),
  });
  if (!read.ok) return { ok: false, summary: `${link.name}: ${read.reason}` };
  ports.commit({
    linkId,
    link: {
      version: read.reading.version,
      offeredVersions: [...read.reading.offered],
      endpoints: endpointList(read.reading.endpoints),
      learnedForm: conversation.learnedForm(read.reading.version),
    },
  });
  return {
    ok: true,
    summary: `read ${link.name}'s endpoints over OCPI ${read.reading.version}`,
    version: read.reading.version,
    modules: endpointList(read.reading.endpoints),
  };
}
