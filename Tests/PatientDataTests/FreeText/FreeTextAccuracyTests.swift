import PatientData
import Testing

/// The floors lie a little below what was measured on the held-out part, on which nothing was tuned: a fall below them is a regression.
@Suite struct FreeTextAccuracyTests {
    private func found(in text: String, _ scanner: FreeTextScanner) -> Set<Corpus.Span> {
        Set(scanner.spans(in: text).map { Corpus.Span(start: $0.start, end: $0.end, kind: $0.kind) })
    }

    private func scores(_ part: Corpus.Part) throws -> [DataKind: Score] {
        let scanner = FreeTextScanner()
        var scores: [DataKind: Score] = [:]
        for document in try Corpus.load(part).documents where !document.isNameless {
            let found = found(in: document.text, scanner)
            for kind in Set(document.spans.map(\.kind)).union(found.map(\.kind)) {
                scores[kind, default: Score()].add(
                    found: found.filter { $0.kind == kind }, marked: Set(document.spans.filter { $0.kind == kind }))
            }
        }
        return scores
    }

    @Test func theCorpusHasMoreThan500SentencesAndHundredDocumentsWithoutNames() throws {
        let documents = try Corpus.Part.allCases.flatMap { try Corpus.load($0).documents }
        #expect(documents.count >= 500)
        #expect(documents.filter(\.isNameless).count >= 100)
        // A name that the markup hides from the reader would make every figure wrong.
        #expect(documents.flatMap(\.spans).filter { $0.kind == .name }.count > 200)
    }

    @Test(arguments: [
        (DataKind.name, 0.90, 0.75), (.idCard, 0.99, 0.99), (.passport, 0.99, 0.99), (.hkMacauPermit, 0.99, 0.99), (.taiwanPermit, 0.99, 0.99),
        (.mobile, 0.99, 0.99), (.landline, 0.99, 0.99), (.email, 0.99, 0.99), (.address, 0.90, 0.90), (.bankCard, 0.99, 0.99),
        (.medicalRecordNumber, 0.99, 0.99), (.birthDate, 0.99, 0.99), (.licensePlate, 0.99, 0.99), (.wechat, 0.99, 0.99), (.qq, 0.99, 0.99),
        (.ipAddress, 0.99, 0.99), (.diagnosis, 0.91, 0.87), (.symptom, 0.86, 0.82), (.drug, 0.89, 0.93), (.surgery, 0.80, 0.70),
        (.allergy, 0.90, 0.90),
    ])
    func aKindIsFoundInTextsThatNothingWasTunedOn(kind: DataKind, precision: Double, recall: Double) throws {
        let score = try #require(try scores(.heldOut)[kind])
        #expect(score.precision >= precision, "\(kind): \(score)")
        #expect(score.recall >= recall, "\(kind): \(score)")
    }

    @Test func allKindsTogetherAreFound() throws {
        let total = try scores(.heldOut).values.reduce(into: Score()) { total, score in
            total.right += score.right
            total.found += score.found
            total.marked += score.marked
        }
        #expect(total.f1 >= 0.89)
    }

    @Test func fewerThanTwoFalseNamesStandInHundredMedicalDocuments() throws {
        let scanner = FreeTextScanner()
        let documents = try Corpus.Part.allCases.flatMap { try Corpus.load($0).documents.filter(\.isNameless) }
        let names = documents.flatMap { found(in: $0.text, scanner).filter { $0.kind == .name } }
        #expect(Double(names.count) / Double(documents.count) < 0.02)
    }
}
