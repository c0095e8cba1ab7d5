"""The law of the contacts room: states and steps, intake, queue order, recommendation and decision."""
