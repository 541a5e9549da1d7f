"""What the forms of one session share: who sits down, what is kept, gates and conflicts."""
