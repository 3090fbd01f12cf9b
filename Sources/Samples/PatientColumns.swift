import Datastores

/// Writes patients into columns, protected or not.
struct PatientColumns {
    private enum Cover {
        case none
        case mask
        case seal(ValueSealer)
    }

    private let texts: PatientTexts
    private let cover: Cover
    private let widths: [Int]

    /// - Throws: `CryptographyFailure`.
    init(texts: PatientTexts, protection: SampleProtection) throws {
        self.texts = texts
        let clear = SamplePatients.Field.allCases.map { texts.width(of: $0) }
        switch protection {
        case .clear:
            cover = .none
            widths = clear
        case .masked:
            cover = .mask
            widths = clear.map { max($0, ValueMask.narrowest) }
        case .encrypted:
            cover = .seal(try ValueSealer(longest: clear.max() ?? 0))
            widths = zip(SamplePatients.Field.allCases, clear).map { $0.isPersonal ? ValueSealer.sealedLength(of: $1) : $1 }
        }
    }

    func batch(of patients: [Patient]) throws -> Batch {
        let columns = try zip(SamplePatients.Field.allCases, widths).map { field, width in
            try column(field, width: width, of: patients)
        }
        return Batch(rowCount: patients.count, columns: columns)
    }

    private func column(_ field: SamplePatients.Field, width: Int, of patients: [Patient]) throws -> ColumnBatch {
        var offsets = [0]
        var isNull: [Bool] = []
        offsets.reserveCapacity(patients.count + 1)
        isNull.reserveCapacity(patients.count)
        var column = ColumnBatch()
        column.bytes = try [UInt8](unsafeUninitializedCapacity: patients.count * width) { memory, count in
            guard var bytes = ByteCursor(memory) else { return }
            for patient in patients {
                let hasValue = patient.has(field)
                if hasValue { try append(field, of: patient, to: &bytes) }
                isNull.append(!hasValue)
                offsets.append(bytes.count)
            }
            count = bytes.count
        }
        column.offsets = offsets
        column.isNull = isNull
        return column
    }

    @inline(__always)
    private func append(_ field: SamplePatients.Field, of patient: Patient, to bytes: inout ByteCursor) throws {
        switch cover {
        case .mask where field.isPersonal:
            let start = bytes.count
            texts.append(field, of: patient, to: &bytes)
            ValueMask.cover(field, from: start, in: &bytes)
        case .seal(let sealer) where field.isPersonal:
            try sealer.append(to: &bytes) { texts.append(field, of: patient, to: &$0) }
        default:
            texts.append(field, of: patient, to: &bytes)
        }
    }
}
