import Estate
import Findings
import Foundation

/// Everything that could be read below the documents' folder, and what couldn't.
struct RegimeReading: Sendable {
    struct Unread: Sendable {
        var path: String
        /// The path as it may be shown: file names hold names of people (`任命书-李明.docx`).
        var shown: String
        var reason: Message
    }

    private(set) var documents: [Document] = []
    private(set) var unread: [Unread] = []
    private(set) var unexamined: [Unexamined] = []

    /// Conversions at the same time: each is a process of its own.
    private static let parallel = 4

    static func read(_ root: URL, names: NameFinder, _ context: InspectionContext) async -> RegimeReading {
        let folder = DocumentFolder(root)
        var outcomes: [DocumentReader.Outcome?] = Array(repeating: nil, count: folder.files.count)
        await withTaskGroup(of: (Int, DocumentReader.Outcome).self) { group in
            var next = 0
            func start() {
                guard next < folder.files.count, !Task.isCancelled else { return }
                let index = next
                let file = folder.files[index]
                next += 1
                group.addTask { (index, await DocumentReader.read(file)) }
            }
            for _ in 0..<parallel { start() }
            var done = 0
            while let (index, outcome) = await group.next() {
                outcomes[index] = outcome
                done += 1
                let shown = names.masked(folder.files[index].path, [])
                context.progress(ProgressUpdate(.regime, subject: shown, done: done, total: folder.files.count, unit: "documents"))
                start()
            }
        }
        var reading = RegimeReading()
        reading.unexamined = folder.unexamined.map { Unexamined(names.masked($0.subject, []), $0.reason) }
        for (file, outcome) in zip(folder.files, outcomes) {
            let shown = names.masked(file.path, [])
            switch outcome {
            case .document(var document)?:
                document.shown = shown
                reading.documents.append(document)
            case .unexamined(let reason)?: reading.leaveOut(file.path, shown, reason)
            case nil: reading.leaveOut(file.path, shown, Message("regime.interrupted"))
            }
        }
        return reading
    }

    private mutating func leaveOut(_ path: String, _ shown: String, _ reason: Message) {
        unread.append(Unread(path: path, shown: shown, reason: reason))
        unexamined.append(Unexamined(shown, reason))
    }
}
