import Foundation

/// Study files by folder.
enum StudyFolder {
    /// Every folder among `paths` becomes the study files in it and below it, by name; anything else stays as it is.
    static func expand(_ paths: [String]) -> [String] {
        paths.flatMap { path -> [String] in
            var isFolder = ObjCBool(false)
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
            else { return [path] }
            let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
            let content = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
            return content.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted().map {
                "\(folder)/\($0)"
            }
        }
    }
}
