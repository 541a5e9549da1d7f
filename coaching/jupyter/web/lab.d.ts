// What the extension uses of JupyterLab, which brings no types with it.

export interface Signal<Sender, Value> {
  connect: (listen: (sender: Sender, value: Value) => void) => void;
}

export interface Widget {
  readonly id: string;
  readonly node: HTMLElement;
  readonly parent: Widget | null;
  readonly isHidden: boolean;
  readonly isVisible: boolean;
  readonly isDisposed: boolean;
  readonly disposed: Signal<Widget, void>;
  readonly layout: Iterable<Widget> | null;
  hide: () => void;
  show: () => void;
}

export interface Kernel {
  readonly status: string;
  readonly connectionStatus: string;
}

export interface SessionContext {
  readonly ready: Promise<void>;
  readonly isDisposed: boolean;
  readonly session: { readonly kernel: Kernel | null } | null;
  readonly statusChanged: Signal<SessionContext, string>;
  readonly connectionStatusChanged: Signal<SessionContext, string>;
  readonly kernelChanged: Signal<SessionContext, { newValue: Kernel | null; oldValue: Kernel | null }>;
  startKernel: () => Promise<boolean>;
}

export interface CellModel {
  readonly id: string;
  readonly type: string;
  readonly sharedModel: { getSource: () => string };
}

export interface DocumentModel {
  dirty: boolean;
  readonly stateChanged: Signal<DocumentModel, { name: string }>;
}

export interface NotebookPanel extends Widget {
  readonly context: { readonly path: string; readonly ready: Promise<void>; readonly model: DocumentModel };
  readonly sessionContext: SessionContext;
  readonly content: {
    readonly model: { readonly cells: Iterable<CellModel>; getMetadata: (key: string) => unknown } | null;
    readonly widgets: readonly { readonly model: CellModel; addClass: (name: string) => void }[];
  };
  readonly toolbar: Widget;
}

export interface Shell extends Widget {
  readonly currentWidget: Widget | null;
  readonly currentChanged: Signal<Shell, unknown>;
  readonly modeChanged: Signal<Shell, unknown>;
  readonly layoutModified: Signal<Shell, unknown>;
  mode: "single-document" | "multiple-document";
}

export interface Tracker {
  readonly currentWidget: NotebookPanel | null;
  readonly currentChanged: Signal<Tracker, NotebookPanel | null>;
  readonly widgetAdded: Signal<Tracker, NotebookPanel>;
  forEach: (act: (panel: NotebookPanel) => void) => void;
}

export interface Command {
  label: string | (() => string);
  caption?: string;
  icon?: unknown;
  isEnabled?: () => boolean;
  execute: (options: Record<string, unknown>) => unknown;
}

export interface App {
  readonly restored: Promise<void>;
  readonly shell: Shell;
  readonly commands: {
    addCommand: (id: string, command: Command) => void;
    execute: (id: string, options?: Record<string, unknown>) => Promise<unknown>;
    notifyCommandChanged: (id: string) => void;
  };
  readonly serviceManager: {
    readonly contents: { localPath: (path: string) => string };
    readonly serverSettings: ServerSettings;
    readonly sessions: { refreshRunning: () => Promise<void> };
  };
}

export interface ServerSettings {
  readonly baseUrl: string;
}

export interface Launcher {
  add: (tile: { command: string; category: string; rank: number }) => void;
}

export interface Palette {
  addItem: (item: { command: string; category: string }) => void;
}

// What JupyterLab and its extensions share: the modules of each package, by their versions.
export type Scope = Record<string, Record<string, { get: () => Promise<() => Modules> }>>;

export interface Modules {
  readonly ILabShell: unknown;
  readonly ICommandPalette: unknown;
  readonly ILauncher: unknown;
  readonly INotebookTracker: unknown;
  readonly LabIcon: new (icon: { name: string; svgstr: string }) => unknown;
  readonly ServerConnection: {
    makeRequest: (url: string, init: RequestInit, settings: ServerSettings) => Promise<Response>;
  };
}

declare global {
  interface Window {
    _JUPYTERLAB?: Record<string, unknown>;
  }
}
