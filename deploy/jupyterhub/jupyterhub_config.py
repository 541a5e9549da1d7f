"""JupyterHub for an organisation whose managers keep coaching workbooks: nobody reaches the server of another by it.

Install JupyterHub, configurable-http-proxy and coaching-workbook for the whole system, set the two variables below, and
run ``jupyterhub -f jupyterhub_config.py`` behind something that speaks TLS. README.md says more.
"""

import os

c = get_config()  # noqa: F821 - JupyterHub gives it

# Where the hub is reached from outside, such as https://coaching.example.org. Each manager's server gets a name of its
# own below it, so that a page of one cannot read a page or a cookie of another: DNS and the certificate need
# *.coaching.example.org too.
ADDRESS = os.environ["COACHING_HUB_ADDRESS"]
c.JupyterHub.subdomain_host = ADDRESS
c.JupyterHub.bind_url = os.environ.get("COACHING_HUB_BIND", "http://127.0.0.1:8000")

# Accounts of this system, each with a home folder of its own that no other account can read (mode 0700). Say who may
# log in: c.Authenticator.allowed_users, or the group of the managers.
c.JupyterHub.authenticator_class = "pam"
c.PAMAuthenticator.allowed_groups = {"managers"}

# Nobody is JupyterHub's own "admin": that role may reach the servers of all, which is what must not be. Who looks after
# the hub gets a role that sees who is there and stops servers, and that has neither access:servers, nor tokens for
# others, nor users to change.
c.Authenticator.admin_users = set()
c.JupyterHub.load_roles = [
    {
        "name": "caretaker",
        "description": "Looks after the hub, and cannot look into it.",
        "scopes": ["admin-ui", "list:users", "read:users:activity", "read:servers", "delete:servers", "read:hub"],
        "users": [name for name in os.environ.get("COACHING_HUB_CARETAKERS", "").split(",") if name],
    },
]

# One server for each manager, which nobody shares: without the scope "shares" nobody can.
c.JupyterHub.allow_named_servers = False

# JupyterLab with the workbook's tiles in its launcher. What the workbook says of where one is goes by COACHING_SERVER.
c.Spawner.default_url = "/lab"
c.Spawner.environment = {"COACHING_SERVER": ADDRESS.partition("://")[2].partition(":")[0]}
c.Spawner.args = [
    # Nobody outside is asked for news, and nobody is asked whether to.
    "--LabApp.news_url=",
    # Nothing that a kernel holds stays longer than it is used; the workbook locks itself after a quarter of an hour.
    "--MappingKernelManager.cull_idle_timeout=3600",
    "--MappingKernelManager.cull_interval=300",
    "--ServerApp.shutdown_no_activity_timeout=7200",
]
