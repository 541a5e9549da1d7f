"""What an own copy says on the screen: each sentence by the name under which its script asks for it."""

from coaching.i18n import say


def texts() -> dict[str, str]:
    """Return the sentences in the language that is spoken; places in them stand in braces."""
    return {**_of_the_page(), **_of_the_plan(), **_of_promises(), **_of_files()}


def _of_the_page() -> dict[str, str]:
    return {
        "title": say("{name}’s own plan", name="{name}"),
        "kicker": say("Your own plan"),
        "belongs": say("This plan is yours. You read it and write in it here, without any network."),
        "as_of": say("Your coach’s part is as of {day}.", day="{day}"),
        "bar": say("Keep and send"),
        "keep": say("Keep"),
        "not_now": say("Not now"),
        "open": say("Open"),
        "undo": say("Undo"),
        "undone": say("Taken back: {what}", what="{what}"),
        "save": say("Save"),
        "understood": say("Understood"),
        "write_first": say("Write something first."),
        "say_when": say("Say by when: a day, or words such as “in two weeks”."),
        "in_your_words": say("In your words"),
        "few_words": say("In a few words"),
        "more_words": say("In more words"),
        "more": say("{count} more", count="{count}"),
        "no_words": say("An empty place."),
        "kept_ready": say("Kept in this browser as you type."),
        "kept_waits": say("Keeping …"),
        "kept_kept": say("Kept in this browser, {time}. Not in the file yet.", time="{time}"),
        "kept_nowhere": say("This browser keeps nothing for a file: save before you close."),
        "kept_failed": say("This browser could not keep the last words. Save the file now."),
        "kept_saved": say("Everything is in the file."),
        "kept_handed": say("Handed to your browser’s downloads. Check that it is there."),
        "saved": say("Saved as {file}. Keep it: it takes the place of the one before.", file="{file}"),
        "saved_handed": say("Keep {file}: it takes the place of the one before.", file="{file}"),
    }


def _of_the_plan() -> dict[str, str]:
    return {
        "mission": say("Mission statement"),
        "no_mission": say("There is no sentence yet, and that is fine."),
        "since": say("since {day}", day="{day}"),
        "proposed": say("You proposed this on {day}. It counts once you confirm it in a conversation.", day="{day}"),
        "propose": say("Propose a new sentence"),
        "new_sentence": say("The new sentence"),
        "why_changed": say("Why it changes, if you want to say"),
        "earlier_words": say("Earlier words"),
        "becoming": say("Who {name} wants to become", name="{name}"),
        "dreams": say("Dreams"),
        "no_dreams": say("No dream is written down here yet."),
        "add_dream": say("Write down a dream"),
        "objectives": say("Goals, plans, and what failures taught"),
        "kind_mission": say("a sentence you propose"),
        "kind_dream": say("a dream"),
        "kind_goal": say("Goal"),
        "kind_plan": say("Plan"),
        "kind_failure": say("Failure"),
        "how_is_it": say("How is it?"),
        "what_it_taught": say("What did it teach you?"),
        "where_it_stands": say("Where it stands"),
        "status_alive": say("alive"),
        "status_changed": say("changed"),
        "status_on_the_way": say("on the way"),
        "status_told": say("told"),
        "status_resting": say("resting"),
        "status_came_true": say("came true"),
        "status_reached": say("reached"),
        "status_let_go": say("let go"),
        "choices": say("Written in two places"),
        "choices_why": say("Nothing was lost. Which words are to stand?"),
        "let_it_stand": say("Let this stand"),
        "taken_back": say("Taken back"),
        "next_time": say("For next time"),
        "next_time_why": say(
            "A question or a win. {name} reads it when the next conversation begins, once you have sent it.",
            name="{name}",
        ),
        "add_next": say("Note a question or a win"),
        "what_is_it": say("What is it?"),
        "topic_question": say("a question"),
        "topic_win": say("a win"),
        "only_me": say("Only for you"),
        "only_me_why": say("What you write here stays in your file. It is in nothing that you send."),
        "add_private": say("Write a private note"),
        "remove": say("Remove"),
        "remove_for_good": say("Remove for good"),
        "rest": say("From here on the plan stands as it was on {day}.", day="{day}"),
    }


def _of_promises() -> dict[str, str]:
    return {
        "actions": say("Who does what by when"),
        "no_promises": say("You have promised nothing that is open."),
        "add_promise": say("Add a promise"),
        "coachs_promises": say("What {name} promised", name="{name}"),
        "what": say("What will you do?"),
        "by_when": say("By when?"),
        "by": say("by {day}", day="{day}"),
        "state_open": say("open"),
        "state_overdue": say("past its day"),
        "state_done": say("done"),
        "state_let_go": say("let go"),
        "over": say("{count} done or let go", count="{count}"),
        "told": say("What was told of it"),
        "event_done": say("done"),
        "event_due_moved": say("moved to {day}", day="{day}"),
        "event_let_go": say("let go"),
        "event_showed": say("tried"),
        "done": say("Done"),
        "what_it_showed": say("What did it show?"),
        "what_happened": say("In your words, if you like"),
        "when_done": say("When was it done?"),
        "by_then": say("by then"),
        "later": say("later"),
        "day_done": say("On which day, if you know it"),
        "move": say("Move its day"),
        "new_day": say("The new day"),
        "let_go": say("Let it go"),
        "why_let_go": say("Why, if you want to say"),
    }


def _of_files() -> dict[str, str]:
    return {
        "send": say("Send to my coach"),
        "send_what": say("This is new in it. The rest of your plan goes along:"),
        "send_nothing": say("Nothing is new since the last time. All of your plan goes along."),
        "send_not": say("Private notes, and what you have typed and not kept, stay here."),
        "who_opens": say("Who opens the file?"),
        "for_coach": say("{name}’s workbook alone", name="{name}"),
        "for_passphrase": say("whoever has a passphrase, such as a new coach"),
        "seal_why": say("Tell the passphrase another way than you send the file."),
        "seal_passphrase": say("A passphrase for this file"),
        "longer": say("Take at least twelve signs; four words that have nothing to do with each other are good."),
        "write_file": say("Write the file"),
        "file_for_coach": say("for-my-coach"),
        "sent": say("{file} is written. Send it to {name} in whatever way you like.", file="{file}", name="{name}"),
        "sent_handed": say(
            "Send {file} from your downloads to {name}, in whatever way you like.", file="{file}", name="{name}"
        ),
        "bring": say("Bring in another file of this plan"),
        "brought": say("{count} entries came in. Nothing of yours went away.", count="{count}"),
        "nothing_new": say("Nothing in that file is new."),
        "not_a_copy": say("That file is no own copy of a plan, or it is damaged. Nothing was changed."),
        "another_plan": say("That file is the plan of somebody else. Nothing was changed."),
        "older_brought": say("That file is older than this plan: it is of {day}. What is newer stays.", day="{day}"),
        "older_file": say(
            "You have opened an older file: a newer one, of {day}, was open in this browser. What you wrote since is "
            "here; save, and keep the newest file.",
            day="{day}",
        ),
        "other_passphrase": say(
            "This browser keeps words of this plan under another passphrase. Open the file that has it, and save that."
        ),
        "passphrase_of_file": say("The passphrase of that file"),
        "wrong": say("This passphrase does not open it. Look at capital letters and spaces, and try once more."),
        "about": say("What is kept where"),
        "about_file": say(
            "The file holds everything, locked with your passphrase. Save writes the next one; keep that, and a copy "
            "of it in another place."
        ),
        "about_browser": say(
            "While you write, this browser keeps your words too, locked with the same passphrase, if it allows that "
            "for a file. If the window closes by accident they are here again when you open the file in this browser."
        ),
        "about_coach": say(
            "{name} reads nothing of this until you send it, and never your private notes.", name="{name}"
        ),
        "about_lost": say(
            "If the passphrase is lost nobody can open the file, and nobody can find the passphrase out."
        ),
    }
