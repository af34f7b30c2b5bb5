/** Reads files for a server that cannot reach them: those of a virtual workspace, and all of them in a browser. */

import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  type ListFolderParams,
  type ListFolderReply,
  listFolderRequest,
  type ReadFileParams,
  type ReadFileReply,
  readFileRequest,
} from "../../server/src/protocol/requests.ts";

export function answerFileRequests(client: BaseLanguageClient): void {
  client.onRequest(listFolderRequest, (params: ListFolderParams) => listFolder(params));
  client.onRequest(readFileRequest, (params: ReadFileParams) => readFile(params));
}

async function listFolder({ uri }: ListFolderParams): Promise<ListFolderReply> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(folderUri(uri));
    return { entries: entries.map(([name, type]) => ({ name, kind: kindOf(type), isLink: (type & vscode.FileType.SymbolicLink) !== 0 })) };
  } catch (error) {
    return { trouble: `This folder cannot be read (${codeOf(error)}).` };
  }
}

async function readFile({ uri, limit }: ReadFileParams): Promise<ReadFileReply> {
  try {
    const file = folderUri(uri);
    const { size } = await vscode.workspace.fs.stat(file);
    if (size > limit) return { trouble: `This file has more than ${Math.round(limit / (1024 * 1024))} MB and was not read.` };
    return { base64: toBase64(await vscode.workspace.fs.readFile(file)) };
  } catch (error) {
    return { trouble: `This file cannot be read (${codeOf(error)}).` };
  }
}

/** Only what lies in a folder of the workspace is read for anybody. */
function folderUri(text: string): vscode.Uri {
  const uri = vscode.Uri.parse(text, true);
  if (vscode.workspace.getWorkspaceFolder(uri) === undefined) throw new Error("outside of the workspace");
  return uri;
}

function kindOf(type: vscode.FileType): "file" | "folder" | "other" {
  return (type & vscode.FileType.Directory) !== 0 ? "folder" : (type & vscode.FileType.File) !== 0 ? "file" : "other";
}

function codeOf(error: unknown): string {
  return error instanceof vscode.FileSystemError ? error.code : error instanceof Error ? error.message : String(error);
}

/** In pieces: a call has a limited number of arguments. */
function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let i = 0; i < bytes.length; i += 0x8000) binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(binary);
}
