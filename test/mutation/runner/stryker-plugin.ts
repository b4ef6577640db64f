/**
 * A test runner for Stryker that keeps everything loaded: a mutant costs its tests and no more, where Jest loads the SDK
 * for each of them.
 */
import { InProcessRunner } from './runner.ts';

const createRunner = () => new InProcessRunner();

/** What Stryker looks for. */
export const strykerPlugins = [{ kind: 'TestRunner', name: 'in-process', factory: createRunner }];
