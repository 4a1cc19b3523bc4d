# SPDX-License-Identifier: Apache-2.0
# What `bench fleet` hears from ansible-playbook: a JSON object a line for what begins and ends on a host. Nobody else
# needs it: ansible-playbook by itself says what it always says.
import json
import sys

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: pathbench
type: stdout
short_description: events of hosts and tasks as lines of JSON
description: A line of JSON for every host that begins or ends a task.
"""


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "pathbench"

    def tell(self, event, **fields):
        sys.stdout.write(json.dumps({"event": event, **fields}) + "\n")
        sys.stdout.flush()

    def tell_of(self, event, result):
        known = result._result
        # Of a loop, what went wrong is in its items.
        items = [one for one in known.get("results", []) if one.get("failed")]
        words = [str(one.get("msg") or one.get("stderr") or "") for one in items] or [str(known.get("msg") or "")]
        further = [str(known[key]) for key in ("stderr", "module_stderr") if known.get(key)]
        self.tell(
            event,
            host=result._host.get_name(),
            task=result._task.name,
            message="\n".join(line for line in words + further if line.strip()),
        )

    def v2_playbook_on_play_start(self, play):
        known = play.get_variable_manager().get_vars(play=play)
        self.tell("hosts", hosts=list(known.get("ansible_play_hosts_all", [])))

    def v2_runner_on_start(self, host, task):
        self.tell("begun", host=host.get_name(), task=task.name)

    def v2_runner_on_ok(self, result):
        self.tell("done", host=result._host.get_name(), task=result._task.name)

    def v2_runner_on_skipped(self, result):
        self.tell("done", host=result._host.get_name(), task=result._task.name)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        if not ignore_errors:
            self.tell_of("failed", result)

    def v2_runner_on_unreachable(self, result):
        self.tell_of("unreachable", result)
