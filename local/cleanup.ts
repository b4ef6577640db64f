/** What has to be undone, in the opposite order of its doing. */
export class Cleanup {
  readonly #steps: (() => Promise<void> | void)[] = [];

  /** Adds a step that runs before those added earlier. */
  add(step: () => Promise<void> | void): void {
    this.#steps.push(step);
  }

  /** Runs each step once, all of them even if one fails, and then throws the first failure. */
  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
