// What the modules find on a page, beside what every browser has: anywidget's model, and what the copies of these modules
// share, as each widget brings its own.
import type { Locks } from "./lock.js";
import type { KernelMessage, PageMessage, Spoken, Values } from "./messages.js";
import type { Presence } from "./presence.js";
import type { Room } from "./room.js";

export interface Model {
  on: (event: "msg:custom", listen: Listen) => void;
  off: (event: "msg:custom", listen: Listen) => void;
  send: (message: PageMessage) => void;
}

export type Listen = (message: KernelMessage, buffers: DataView<ArrayBuffer>[]) => void;

export interface Context {
  model: Model;
  el: HTMLElement;
  early?: KernelMessage | null;
}

// Draws a widget, and returns what is to be done when it goes.
export type Render = (context: Context) => () => void;

declare global {
  interface Window {
    coachingPage?: string;
    coachingUnkept?: Map<string, Values>;
    coachingLocks?: Locks;
    coachingPresence?: Presence;
    coachingSpoken?: Spoken;
    coachingRooms?: WeakMap<HTMLElement, Room>;
    // Ends the waiting for somebody to type.
    coachingPatience?: () => void;
  }

  interface HTMLElementEventMap {
    // What JupyterLab would have said in a dialog.
    "coaching-told": CustomEvent<string>;
  }
}
