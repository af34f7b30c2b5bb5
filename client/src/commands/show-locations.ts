import * as vscode from "vscode";

/** Behind code lenses; it is of no use in the command palette. */
export const showLocationsCommand = "processTopology.showLocations";

interface Position {
  readonly line: number;
  readonly character: number;
}

interface Location {
  readonly uri: string;
  readonly range: { readonly start: Position; readonly end: Position };
}

/** Peeks at places that the server names: the editor's own command wants its own classes, and the protocol has none. */
export function registerShowLocations(): vscode.Disposable {
  return vscode.commands.registerCommand(showLocationsCommand, async (uri: string, position: Position, locations: readonly Location[]) => {
    const places = locations.map(
      ({ uri: file, range }) =>
        new vscode.Location(vscode.Uri.parse(file), new vscode.Range(toPosition(range.start), toPosition(range.end))),
    );
    await vscode.commands.executeCommand("editor.action.showReferences", vscode.Uri.parse(uri), toPosition(position), places);
  });
}

function toPosition({ line, character }: Position): vscode.Position {
  return new vscode.Position(line, character);
}
