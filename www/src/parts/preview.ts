// What the values in an open form would change, said while they are typed.
import { type ReactiveController, type ReactiveControllerHost, type TemplateResult, html } from "lit";
import type { Command } from "../../pkg/landfall";
import type { Session } from "../session.ts";
import { capital } from "../text.ts";
import { Form } from "./form.ts";

/** How long nobody types before it is looked what would change, in milliseconds. */
const PAUSE = 120;

/** Says under a form what its command would do to the 85 % date, before it is given. */
export class Preview implements ReactiveController {
  #host: ReactiveControllerHost & { session: Session | undefined; today: string };
  #said: { text: string; fresh: boolean } | undefined;
  #looking: AbortController | undefined;

  constructor(host: ReactiveControllerHost & { session: Session | undefined; today: string }) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.clear();
  }

  clear(): void {
    this.#looking?.abort();
    this.#say(undefined);
  }

  async look(form: HTMLFormElement, read: (form: Form) => Command): Promise<void> {
    const { session, today } = this.#host;
    this.#looking?.abort();
    const { signal } = (this.#looking = new AbortController());
    if (this.#said) this.#say({ ...this.#said, fresh: false });
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (signal.aborted || !form.isConnected || !session) return;
    try {
      const change = [read(new Form(form))];
      const { sentence } = await session.ready((planner) => planner.effect({ change, today }), { signal });
      if (!signal.aborted) this.#say({ text: `${capital(sentence)}.`, fresh: true });
    } catch {
      // What cannot be read yet is said when it is to be saved.
      if (!signal.aborted) this.#say(undefined);
    }
  }

  /** Goes below the buttons: it comes and goes while somebody types, and nothing may move from under a click. */
  render(): TemplateResult {
    return html`<p class="preview" role="status" aria-busy=${this.#said?.fresh === false ? "true" : "false"}>${this.#said?.text ?? ""}</p>`;
  }

  #say(said: { text: string; fresh: boolean } | undefined): void {
    this.#said = said;
    this.#host.requestUpdate();
  }
}
