extension Profile {
    static let heldOut = Profile.tuning
}
