/**
 * Node's HTTP. An `import` of `node:http` reads everything that module has, and with it loads a second HTTP client that
 * nobody asks for: 40 ms of each command. Its types may be imported.
 */
export const { Agent, createServer, request, STATUS_CODES, validateHeaderName, validateHeaderValue } =
  process.getBuiltinModule('node:http');
