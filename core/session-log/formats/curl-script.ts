import type { CurlCommand } from '../../contract/exchange.ts';
import type { WireRequest } from '../../http/wire.ts';
import { bytesOf } from '../format/body.ts';
import { absoluteUrl } from './absolute-url.ts';
import { type FormatContext, redactionSentence, type TextFormat } from './text-format.ts';

/** As core/traffic-import/curl-command.ts; `known`: variables that stand for tokens already, to which new ones are added. */
export type WriteCurl = (request: WireRequest, known: CurlCommand['variables']) => CurlCommand;

/** A shell script that sends every request again, one command each; tokens are variables that whoever runs it has to set. */
export function curlScript(context: FormatContext, writeCurl: WriteCurl): TextFormat {
  const variables: CurlCommand['variables'] = [];
  return {
    begin() {
      const said = [context.title, redactionSentence(context)].flatMap(text => text.split(/\r?\n/));
      return `#!/bin/sh\n${said.map(remark).join('')}`;
    },
    exchange(line) {
      const { request, direction } = line;
      const link = line.link === undefined ? '' : `, ${context.linkName(line.link) ?? ''}`;
      const way = direction === 'out' ? 'we called them' : 'they called us';
      const head = `${new Date(line.startedAt).toISOString()}, ${way}${link}: ${line.operation}`;
      if (request.method === '') return `\n${remark(head)}${remark('What came was no HTTP request.')}`;
      const body = request.body === undefined ? new Uint8Array() : bytesOf(request.body);
      const before = variables.length;
      const { command } = writeCurl({ ...request, url: absoluteUrl(line), body }, variables);
      const asked = variables
        .slice(before)
        .map(({ name, tokenId, form }) => `: "\${${name}:?set it to the token ${tokenId}, written as ${form}}"\n`);
      const cut = request.body?.length !== undefined || request.body?.leftOut !== undefined;
      const missing = cut ? remark('Its body is not all here: only what follows was kept.') : '';
      return `\n${asked.join('')}${remark(head)}${missing}${command}\n`;
    },
    end: () => '',
  };
}

/** Whatever stands in a name must not end the line. */
function remark(text: string): string {
  return text === '' ? '' : `# ${text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')}\n`;
}
