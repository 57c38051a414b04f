JUDGE_AGAIN = "inventory.judge_again"
