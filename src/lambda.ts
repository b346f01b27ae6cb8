import process from 'node:process'
import { createHandler } from './lambda/handler.ts'

/** `dist/bundle/lambda.handler`: built once, while Lambda starts the environment; `deploy/lambda/` has a template. */
export const handler = await createHandler(process.env)
