"""The staff desk without its pages: who may do what, drafts, what a change would do, publishing, listening, translating."""
