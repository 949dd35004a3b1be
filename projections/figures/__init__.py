"""What several views tell together: boards, periods, figures of the past, pages of lists."""
