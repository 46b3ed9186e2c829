import { enableCompileCache } from 'node:module';

// Compiled modules are kept between commands: one that only asks the process that owns the database takes half the time.
// Before anything else is imported, which is why the commands stand in program.ts.
enableCompileCache();
await import('./program.ts');
