"""What a sweep shows: effects of levers on outcomes, regions, sensitivity; functions on tables."""
