// An extension for the browser's extension host: the scheme `shop`, whose files are in memory: those of files.json, which
// lies beside it. Files can be searched by name, as on vscode.dev: events `workspaceContains` need that.
const vscode = require("vscode");

exports.activate = async (context) => {
  const files = new Map(Object.entries(await (await fetch(vscode.Uri.joinPath(context.extensionUri, "files.json").toString(true))).json()));
  const changed = new vscode.EventEmitter();
  const encode = (text) => new TextEncoder().encode(text);
  const pathOf = (uri) => uri.path.replace(/^\/+|\/+$/g, "");
  const inside = (folder) => [...files.keys()].filter((path) => folder === "" || path.startsWith(`${folder}/`));
  const missing = (uri) => vscode.FileSystemError.FileNotFound(uri);
  const refuse = (uri) => {
    throw vscode.FileSystemError.NoPermissions(uri);
  };
  const provider = {
    onDidChangeFile: changed.event,
    watch: () => new vscode.Disposable(() => {}),
    stat(uri) {
      const text = files.get(pathOf(uri));
      if (text !== undefined) return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: encode(text).length };
      if (inside(pathOf(uri)).length === 0) throw missing(uri);
      return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    },
    readDirectory(uri) {
      const folder = pathOf(uri);
      const rest = inside(folder).map((path) => (folder === "" ? path : path.slice(folder.length + 1)).split("/"));
      return [...new Map(rest.map(([name, ...more]) => [name, more.length > 0 ? vscode.FileType.Directory : vscode.FileType.File]))];
    },
    readFile(uri) {
      const text = files.get(pathOf(uri));
      if (text === undefined) throw missing(uri);
      return encode(text);
    },
    writeFile(uri, content) {
      files.set(pathOf(uri), new TextDecoder().decode(content));
      changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
    },
    createDirectory: refuse,
    delete: refuse,
    rename: refuse,
  };
  const search = {
    provideFileSearchResults(_query, { folder, includes }) {
      const found = [...files.keys()].filter((path) => includes.length === 0 || includes.some((glob) => matches(glob, path)));
      return found.map((path) => vscode.Uri.joinPath(folder, path));
    },
  };
  context.subscriptions.push(
    changed,
    vscode.workspace.registerFileSystemProvider("shop", provider),
    vscode.workspace.registerFileSearchProvider("shop", search),
  );
};

/** Of globs, what activation events need: "**" + "/NAME". */
function matches(glob, path) {
  return `/${path}`.endsWith(glob.replace("**", ""));
}
