/** What a topology is for. Of what is wanted less, less is worked out: `findings` stands for a folder that is judged once, `trees` leaves out the flow. */
export type Purpose = "everything" | "findings" | "trees";
