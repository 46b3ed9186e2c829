import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Workbench } from '../workbench.ts';
import { unwrap, unwrapEach } from './unwrap.ts';

export function logHandlers({ logs }: Workbench) {
  const os = implement(contract.logs);
  const { exporting, importing, opening, comparing, reproducing } = logs;
  return os.router({
    preview: os.preview.handler(async ({ input, signal }) => unwrap(await exporting.preview(input, signal))),
    export: os.export.handler(({ input, signal }) => unwrapEach(exporting.export(input, signal))),
    piece: os.piece.handler(async ({ input }) => unwrap(await exporting.piece(input))),
    upload: os.upload.handler(async ({ input }) => unwrap(await importing.upload(input))),
    discard: os.discard.handler(({ input }) =>
      'upload' in input ? importing.discardUpload(input.upload) : exporting.discard(input.exportId),
    ),
    inspect: os.inspect.handler(async ({ input, signal }) => unwrap(await importing.inspect(input, signal))),
    import: os.import.handler(({ input, signal }) => unwrapEach(importing.import(input, signal))),
    list: os.list.handler(() => importing.list()),
    get: os.get.handler(({ input }) => unwrap(importing.get(input.logId))),
    remove: os.remove.handler(({ input, signal }) => unwrapEach(importing.remove(input.logId, signal))),
    open: os.open.handler(async ({ input }) => unwrap(await opening.open(input))),
    viewing: os.viewing.handler(() => opening.viewing()),
    diff: os.diff.handler(async ({ input, signal }) => unwrap(await comparing.diff(input, signal))),
    reproductions: {
      start: os.reproductions.start.handler(async ({ input }) => unwrap(await reproducing.start(input))),
      list: os.reproductions.list.handler(() => reproducing.list()),
      requests: os.reproductions.requests.handler(({ input }) => unwrap(reproducing.requests(input))),
      stop: os.reproductions.stop.handler(async ({ input }) => unwrap(await reproducing.stop(input.id))),
    },
  });
}
