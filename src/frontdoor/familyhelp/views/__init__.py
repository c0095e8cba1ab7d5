"""The pages of a family that was taken on."""
