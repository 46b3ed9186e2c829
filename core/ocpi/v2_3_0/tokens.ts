import type * as z from 'zod';
import { ocpiObject, openEnum } from '../schema.ts';
import * as before from '../v2_2_1/tokens.ts';

// Tokens of 2.3.0 (digest 6.5). What is not stated here is as in 2.2.1.

export const TokenType = openEnum('TokenType', ['AD_HOC_USER', 'APP_USER', 'EMAID', 'OTHER', 'RFID']);
export type TokenType = z.infer<typeof TokenType>;

export const Token = ocpiObject('Token', { ...before.Token.shape, type: TokenType });
export type Token = z.infer<typeof Token>;

export const AuthorizationInfo = ocpiObject('AuthorizationInfo', { ...before.AuthorizationInfo.shape, token: Token });
export type AuthorizationInfo = z.infer<typeof AuthorizationInfo>;
