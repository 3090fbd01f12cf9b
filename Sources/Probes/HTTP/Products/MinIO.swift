extension HTTPProducts {
    /// MinIO and other servers that speak S3 (ListBuckets, ListObjectsV2). An empty list is no proof: some show it to anybody.
    static let minIO = HTTPProduct(
        .minIO,
        [
            .root { answer in
                let isMinIO = answer.server.name == "MinIO"
                let isS3 = answer.headers["x-amz-request-id"] != nil
                if answer.title == "MinIO Console" || answer.title == "MinIO Browser" { return HTTPIdentity(product: "MinIO-Console") }
                guard isMinIO || isS3, let root = answer.markup?.root else { return nil }
                let product = isMinIO ? nil : "S3"
                switch root {
                case "ListAllMyBucketsResult", "ListBucketResult": return HTTPIdentity(product: product)
                case "Error" where answer.isRefusal && answer.markup?.text("Code") == "AccessDenied":
                    return HTTPIdentity(product: product, refusal: answer.refused)
                default: return nil
                }
            }
        ]
    ) { identity in
        guard identity.product != "MinIO-Console" else { return [] }
        return [
            HTTPProof("/") { answer in
                guard let markup = answer.markup else { return nil }
                let buckets = markup.count("Bucket")
                let objects = markup.count("Contents")
                switch markup.root {
                case "ListAllMyBucketsResult": return buckets > 0 ? answer.counted(buckets, .buckets) : nil
                case "ListBucketResult": return objects > 0 ? answer.counted(objects, .files) : nil
                default: return nil
                }
            }
        ]
    }
}
